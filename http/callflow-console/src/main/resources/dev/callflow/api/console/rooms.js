// All conferences of the account. Reads them from the API and keeps them up to date by events.

import { Room } from "./room.js";

/** How many events wait for a room that is being read. */
const MAX_EARLY = 2_000;

const REREAD_MS = 700;

export class Rooms {
  #api;
  #listeners = new Set();
  #changed = new Set();

  /** Events that arrived while the list, or a room, was being read. */
  #early = [];
  #reading = 0;
  #again = new Map();

  all = new Map();

  constructor(api) {
    this.#api = api;
  }

  /** Calls a listener with the ids of changed rooms; returns how to stop. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(id) {
    return this.all.get(id) ?? null;
  }

  #room(id) {
    if (!this.all.has(id)) {
      this.all.set(id, new Room(id));
    }
    return this.all.get(id);
  }

  /** Reads which conferences are stored and which are running. */
  async readAll() {
    await this.#read(async () => {
      const [stored, running] = await Promise.all([
        this.#api.get(["conferences"], { paginate: "false" }),
        this.#api.get(["conferences"], { paginate: "false", running: "true" }),
      ]);
      const known = new Set(stored.data.map((row) => row.id));
      const live = new Set(running.data.map((row) => row.id));
      for (const row of stored.data) {
        this.#take(row, true);
      }
      for (const row of running.data) {
        this.#take(row, known.has(row.id));
      }
      for (const [id, room] of this.all) {
        if (!live.has(id) && room.running && room.version < (running.events_from ?? Infinity)) {
          room.ended();
        }
        if (!known.has(id) && !room.running) {
          this.all.delete(id);
        }
        this.#change(id);
      }
    });
  }

  /** An open room follows its own events, so that a list does not put it ahead of its participants. */
  #take(row, stored) {
    const room = this.#room(row.id);
    if (room.people === null) {
      room.read(row, stored);
    } else {
      room.name = row.name || row.id;
      room.numbers = row.conference_numbers ?? [];
      room.stored = stored;
    }
  }

  /** Reads a conference with its participants; returns false if it does not exist. */
  async open(id) {
    try {
      await this.#read(async () => {
        const { data } = await this.#api.get(["conferences", id]);
        const room = this.#room(id);
        room.read(data, room.stored);
        room.people ??= new Map();
        room.metadata = data.metadata ?? {};
        this.#change(id);
      });
      return true;
    } catch (refused) {
      if (refused.status !== 404) {
        throw refused;
      }
      return false;
    }
  }

  /** Forgets the participants of a room that is no longer shown. */
  leave(id) {
    const room = this.get(id);
    if (room) {
      room.people = null;
    }
  }

  /** The rooms that can continue after their last event, those with known participants first. */
  versions() {
    return [...this.all.values()]
      .filter((room) => room.running && room.version > 0)
      .sort((a, b) => Number(b.people !== null) - Number(a.people !== null) || b.version - a.version)
      .map((room) => [room.id, room.version]);
  }

  async #read(work) {
    this.#reading++;
    try {
      await work();
    } finally {
      this.#reading--;
      if (this.#reading === 0) {
        const early = this.#early;
        this.#early = [];
        early.forEach((event) => this.#apply(event));
      }
      this.#publish();
    }
  }

  /** Applies an event; returns whether it is new. */
  apply(event) {
    if (typeof event.conference_id !== "string") {
      return true;
    }
    const room = this.#room(event.conference_id);
    const fresh = !(event.version <= room.shown);
    room.shown = Math.max(room.shown, event.version ?? 0);
    if (this.#reading > 0) {
      // The answer that is under way may be older or newer than this event; its version will tell.
      if (this.#early.length < MAX_EARLY) {
        this.#early.push(event);
      } else {
        this.reread(room.id);
      }
      return fresh;
    }
    this.#apply(event);
    this.#publish();
    return fresh;
  }

  #apply(event) {
    const room = this.#room(event.conference_id);
    const unnamed = room.name === room.id && !room.stored && room.version === 0;
    if (!room.apply(event) || unnamed) {
      this.reread(room.id);
    }
    if (!room.running && !room.stored && room.people === null) {
      this.all.delete(room.id);
    }
    this.#change(room.id);
  }

  /** Reads a room again soon, once for many reasons. */
  reread(id) {
    if (!this.#again.has(id)) {
      this.#again.set(
        id,
        setTimeout(() => {
          this.#again.delete(id);
          this.#reread(id).catch(() => {});
        }, REREAD_MS),
      );
    }
  }

  async #reread(id) {
    const room = this.get(id);
    if (!room) {
      return;
    }
    const opened = room.people !== null;
    await this.open(id);
    if (!opened) {
      this.leave(id);
    }
  }

  #change(id) {
    this.#changed.add(id);
  }

  #publish() {
    const changed = this.#changed;
    if (changed.size > 0) {
      this.#changed = new Set();
      this.#listeners.forEach((listener) => listener(changed));
    }
  }
}
