// The last events of all conferences, with a bound.

import { reason } from "./reasons.js";

const MAX = 1_000;

export class Feed {
  #listeners = new Set();
  #number = 0;

  items = [];

  add(event, room) {
    this.items.push({ number: this.#number++, at: Date.now(), event, room: room ?? event.conference_id ?? "" });
    if (this.items.length > MAX) {
      this.items.splice(0, this.items.length - MAX);
    }
    this.#listeners.forEach((listener) => listener());
  }

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const KINDS = {
  people: ["add-member", "del-member", "start-waiting", "stop-waiting", "role", "move", "dial"],
  talking: ["start-talking", "stop-talking"],
  sound: [
    "mute-member", "unmute-member", "deaf-member", "undeaf-member", "play", "start-recording", "stop-recording",
    "energy-level-member", "volume-in-member", "volume-out-member",
  ],
  refused: ["conference-denied", "conference-pin-attack", "ban", "unban", "account-limit"],
};

/** The kinds by which the feed can be filtered, and their labels. */
export const FILTERS = {
  people: "Joins and leaves",
  sound: "Mute, play, record",
  refused: "Refusals and bans",
  talking: "Talking",
  other: "Other",
};

export function kindOf(name) {
  return Object.keys(KINDS).find((kind) => KINDS[kind].includes(name)) ?? "other";
}

export function who(event) {
  return event.caller_id_name || event.caller_id_number || "A caller";
}

const SENTENCES = {
  "conference-create": () => "The conference began",
  "conference-destroy": (it) => `The conference ended${it.reason ? ` (${it.reason})` : ""}`,
  lock: () => "Locked",
  unlock: () => "Unlocked",
  play: (it) => `Plays ${it.media}`,
  "start-recording": (it) => (it.failed ? "The recording could not start" : "The recording began"),
  "stop-recording": () => "The recording ended",
  dial: (it) => `Dial ${it.endpoint_id}: ${it.status}${it.message ? `, ${it.message}` : ""}`,
  limit: (it) => `At most ${it.max_participants ?? "any number of"} participants`,
  ban: (it) => `${it.caller_id_number} is banned`,
  unban: (it) => `${it.caller_id_number} is no longer banned`,
  vars: () => "Variables were set",
  move: (it) => `A participant moves to ${it.to_conference_id}`,
  "conference-pin-attack": () => "Too many wrong PINs: callers wait their turn",
  "conference-state": (it) => (it.state === "unknown" ? "FreeSWITCH cannot be reached" : "FreeSWITCH is back"),
  "account-limit": (it) => `The account uses ${it.used} of ${it.maximum} ${String(it.limit).replaceAll("_", " ")}`,
  "add-member": (it) => `${who(it)} joined`,
  "del-member": (it) => `${who(it)} left`,
  "start-talking": (it) => `${who(it)} talks`,
  "stop-talking": (it) => `${who(it)} stopped talking`,
  "mute-member": (it) => `${who(it)} was muted`,
  "unmute-member": (it) => `${who(it)} was unmuted`,
  "deaf-member": (it) => `${who(it)} was deafened`,
  "undeaf-member": (it) => `${who(it)} hears again`,
  role: (it) => `${who(it)} is now a ${it.is_moderator ? "moderator" : "participant"}`,
  dtmf: (it) => `${who(it)} pressed ${it.digits}`,
  "start-waiting": (it) => `${who(it)} waits`,
  "stop-waiting": (it) => `${who(it)} no longer waits: ${it.reason === "admitted" ? "let in" : reason(it.reason)}`,
  "conference-denied": (it) => `${who(it)} was refused: ${reason(it.reason)}`,
};

export function sentence(event) {
  return (SENTENCES[event.event] ?? (() => `${event.event}${event.call_id ? `: ${who(event)}` : ""}`))(event);
}
