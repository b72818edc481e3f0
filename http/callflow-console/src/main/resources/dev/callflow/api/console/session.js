// One login: the account, what is known of its conferences, and the connection that keeps it up to date.

import { Feed } from "./feed.js";
import { Live } from "./live.js";
import { Rooms } from "./rooms.js";

export class Session {
  #listeners = new Set();

  constructor(api) {
    this.api = api;
    this.rooms = new Rooms(api);
    this.feed = new Feed();
    this.live = new Live(api, {
      event: (event) => {
        if (this.rooms.apply(event)) {
          this.feed.add(event, this.rooms.get(event.conference_id)?.name);
        }
      },
      missed: (conference) => (conference ? this.rooms.reread(conference) : this.#again(new Set())),
      state: () => this.#listeners.forEach((listener) => listener()),
      opened: (resumed) => this.#again(resumed),
      versions: () => this.rooms.versions(),
      refused: (reason) => this.ended(reason),
    });
    api.expired = () => this.ended("the token is no longer valid");
  }

  /** Called when the host no longer accepts the token. */
  ended = () => {};

  /** Checks the token by reading the conferences, then follows them. */
  async start() {
    await this.rooms.readAll();
    this.live.start();
  }

  /** Reads what may have changed without an event: everything but what continues after its last event. */
  async #again(resumed) {
    await this.rooms.readAll().catch(() => {});
    for (const room of this.rooms.all.values()) {
      if (room.people !== null && !resumed.has(room.id)) {
        this.rooms.reread(room.id);
      }
    }
  }

  /** Calls a listener when the connection is lost or back; returns how to stop. */
  onState(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close() {
    this.live.close();
    await this.api.logout();
  }
}
