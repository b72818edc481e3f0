// What an operator can do. The API answers when the conference shows the result, so each answer is a result.

import { alert, notice } from "./notices.js";

/** The actions on one participant: how each is called, and what it has done. */
export const PARTICIPANT = {
  mute: { label: "Mute", icon: "muted", done: (name) => `${name} is muted` },
  unmute: { label: "Unmute", icon: "mic", done: (name) => `${name} can talk` },
  deaf: { label: "Deafen", icon: "deaf", done: (name) => `${name} hears nobody` },
  undeaf: { label: "Let hear", icon: "ear", done: (name) => `${name} hears the others` },
  promote: { label: "Make moderator", icon: "star", done: (name) => `${name} is a moderator` },
  demote: { label: "Make participant", icon: "star", done: (name) => `${name} is a participant` },
  admit: { label: "Admit", icon: "admit", done: (name) => `${name} is let in` },
  kick: { label: "Remove", icon: "kick", done: (name) => `${name} is removed` },
  ban: { label: "Remove and ban", icon: "kick", done: (name) => `${name} is removed and banned` },
  move: { label: "Move…", icon: "admit", done: (name) => `${name} is moved` },
};

/** The actions on everybody, and on the room. */
export const ROOM = {
  lock: "The conference is locked",
  unlock: "The conference is unlocked",
  "record start": "The recording runs",
  "record stop": "The recording has stopped",
  play: "The room hears it",
  stop_play: "Nothing plays any more",
  end: "The conference has ended",
  mute: "All participants except moderators are muted",
  unmute: "All participants can talk",
  ban: "The number is banned",
  unban: "The number is no longer banned",
};

export class Actions {
  #api;
  #busy = new Set();
  #listener = () => {};

  constructor(api) {
    this.#api = api;
  }

  /** Calls a listener with the call id when an action on a participant begins or ends. */
  onBusy(listener) {
    this.#listener = listener;
  }

  isBusy(call) {
    return this.#busy.has(call);
  }

  async participant(room, person, action, data = {}) {
    const call = person.call_id;
    const name = person.caller_id_name || person.caller_id_number || "The caller";
    const { label, done } = PARTICIPANT[action];
    const body = action === "ban" ? { action: "kick", ban: true } : { action, ...data };
    this.#busy.add(call);
    this.#listener(call);
    try {
      await this.#api.put(["conferences", room, "participants", call], { data: body });
      notice(`${done(name)}.`);
      return true;
    } catch (refused) {
      alert(`${label.replace("…", "")} failed for ${name}: ${refused.message}.`);
      return false;
    } finally {
      this.#busy.delete(call);
      this.#listener(call);
    }
  }

  everybody(room, action) {
    return this.#try(ROOM[action], () => this.#api.put(["conferences", room, "participants"], { data: { action } }));
  }

  room(room, action, data = {}) {
    const key = action === "record" ? `record ${data.action}` : action;
    return this.#try(ROOM[key], () => this.#api.put(["conferences", room], { action, data }));
  }

  async dial(room, data) {
    notice(`Dialling ${data.endpoints.join(", ")} …`);
    try {
      const answer = await this.#api.put(["conferences", room], { action: "dial", data });
      for (const leg of answer.data?.endpoint_responses ?? []) {
        if (leg.status === "success") {
          notice(`${leg.endpoint_id} is in the conference.`);
        } else {
          alert(`${leg.endpoint_id} did not join: ${leg.message}.`);
        }
      }
    } catch (refused) {
      alert(`Dial failed: ${refused.message}.`);
    }
  }

  async #try(done, request) {
    try {
      await request();
      notice(`${done}.`);
      return true;
    } catch (refused) {
      alert(`It did not work: ${refused.message}.`);
      return false;
    }
  }
}
