// What is known of one conference, and how each event changes it.

import { fromApi } from "./time.js";

export class Room {
  name;
  numbers = [];
  stored = false;
  running = false;
  unknown = false;
  locked = false;
  recording = false;
  members = 0;
  moderators = 0;
  waiting = 0;
  since = null;

  /** The version of this state; events up to it are already part of it. */
  version = 0;

  /** The version of the last event in the feed. */
  shown = 0;

  /** The participants and waiting callers by call id; null until the room is opened. */
  people = null;

  /** Endpoints that are ringing, by call id. */
  ringing = new Map();

  /** The call ids of those who talk now. */
  talking = new Set();

  constructor(id) {
    this.id = id;
    this.name = id;
  }

  get count() {
    return this.members + this.moderators;
  }

  /** Takes over a row of a list, or a single conference, which also has the participants. */
  read(row, stored) {
    this.name = row.name || this.id;
    this.numbers = row.conference_numbers ?? [];
    this.stored = stored;
    const live = row._read_only ?? {};
    const version = live.version ?? 0;
    if (version < this.version && live.state) {
      return;
    }
    this.running = live.state !== undefined || (live.waiting ?? 0) > 0 || (live.ringing ?? 0) > 0;
    this.unknown = live.state === "unknown";
    this.locked = live.is_locked === true;
    this.recording = live.is_recording === true;
    this.members = live.members ?? 0;
    this.moderators = live.moderators ?? 0;
    this.waiting = live.waiting ?? 0;
    this.since = fromApi(live.start_time);
    this.version = Math.max(version, this.version);
    this.shown = Math.max(version, this.shown);
    if (live.participants) {
      this.people = new Map(live.participants.map((person) => [person.call_id, { ...person, at: since(person) }]));
      this.talking = new Set(live.participants.filter((it) => it.talking).map((it) => it.call_id));
    }
  }

  /** Applies an event; returns false if this state cannot tell what it changes, so that it must be read again. */
  apply(event) {
    if (event.version <= this.version) {
      return true;
    }
    this.version = event.version;
    const id = event.call_id;
    switch (event.event === "conference-repaired" ? event.repaired_event : event.event) {
      case "conference-create":
        this.running = true;
        this.since ??= Date.now();
        return true;
      case "conference-destroy":
        this.ended();
        return true;
      case "conference-state":
        this.unknown = event.state === "unknown";
        return true;
      case "lock":
        this.locked = true;
        return true;
      case "unlock":
        this.locked = false;
        return true;
      case "start-recording":
        this.recording = event.failed !== true;
        return true;
      case "stop-recording":
        this.recording = false;
        return true;
      case "add-member":
        this.running = true;
        this.since ??= Date.now();
        this.ringing.delete(id);
        this.#count(event, 1);
        this.people?.set(id, { ...event, state: "joined", at: Date.now() });
        return true;
      case "del-member":
        this.#count(event, -1);
        this.people?.delete(id);
        this.talking.delete(id);
        return true;
      case "start-waiting":
        this.running = true;
        this.waiting++;
        this.people?.set(id, { ...event, state: "waiting", at: Date.now() });
        return true;
      case "stop-waiting":
        this.waiting = Math.max(0, this.waiting - 1);
        if (this.people?.get(id)?.state === "waiting") {
          this.people.delete(id);
        }
        return true;
      case "role":
        this.#update(event);
        return this.#counted();
      case "start-talking":
        this.talking.add(id);
        this.#update(event);
        return true;
      case "stop-talking":
        this.talking.delete(id);
        this.#update(event);
        return true;
      case "dial":
        this.#dial(event);
        return true;
      default:
        if (id) {
          this.#update(event);
        }
        return true;
    }
  }

  #count(event, by) {
    const key = event.is_moderator ? "moderators" : "members";
    this[key] = Math.max(0, this[key] + by);
  }

  /** Counts the roles again, if the participants are known. */
  #counted() {
    if (this.people === null) {
      return false;
    }
    const joined = [...this.people.values()].filter((person) => person.state === "joined");
    this.moderators = joined.filter((person) => person.is_moderator).length;
    this.members = joined.length - this.moderators;
    return true;
  }

  #update(event) {
    const person = this.people?.get(event.call_id);
    if (person) {
      const { event: _, ...state } = event;
      this.people.set(event.call_id, { ...person, ...state });
    }
  }

  #dial(event) {
    if (event.status === "ringing") {
      this.ringing.set(event.call_id, event.endpoint_id);
    } else {
      this.ringing.delete(event.call_id);
    }
  }

  /** Forgets what only a running conference has. */
  ended() {
    this.running = false;
    this.locked = false;
    this.recording = false;
    this.unknown = false;
    this.members = 0;
    this.moderators = 0;
    this.waiting = 0;
    this.since = null;
    this.talking.clear();
    this.ringing.clear();
    this.people?.clear();
  }
}

function since(person) {
  return fromApi(person.join_time) ?? Date.now() - 1000 * (person.duration ?? 0);
}
