// The door: who was refused, when and why; stored refusals and those that happen while the page is open.

import { el, shown, text } from "./dom.js";
import { soon } from "./frame.js";
import { reason } from "./reasons.js";
import { table } from "./table.js";
import { atDay, fromApi } from "./time.js";

export class DoorView {
  #stored = [];

  constructor(session) {
    this.session = session;
    this.problem = el("p", { class: "hint", role: "status" });
    this.box = el("div", {});
    this.element = el(
      "article",
      { class: "page" },
      el("h1", {}, "Door"),
      el("p", { class: "about" }, "Callers who were refused, and why."),
      this.problem,
      this.box,
    );
    this.stop = session.feed.listen(() => soon(this.#draw));
    this.#read();
  }

  async #read() {
    this.#draw();
    try {
      const answer = await this.session.api.optional(["history", "refusals"], { page_size: "200" });
      if (answer === null) {
        text(this.problem, "This host keeps no history; only refusals since you logged in are shown.");
      } else {
        this.#stored = answer.data;
      }
    } catch (refused) {
      text(this.problem, `The history cannot be read: ${refused.message}.`);
    }
    this.#draw();
  }

  #draw = () => {
    const stored = this.#stored.map((row) => ({
      call: row.call_id,
      at: fromApi(row.time),
      name: row.caller_id_name,
      number: row.caller_id_number,
      room: this.#name(row.conference_id),
      reason: row.reason,
    }));
    const known = new Set(stored.map((row) => row.call));
    const now = this.session.feed.items
      .filter(({ event }) => event.event === "conference-denied" && !known.has(event.call_id))
      .map(({ at, event }) => ({
        at,
        name: event.caller_id_name,
        number: event.caller_id_number,
        room: this.#name(event.conference_id),
        reason: event.reason,
      }));
    const rows = [...now, ...stored].sort((a, b) => b.at - a.at).slice(0, 500);
    shown(this.box, rows.length > 0);
    if (rows.length === 0 && this.problem.textContent === "") {
      text(this.problem, "Nobody has been refused.");
    }
    this.box.replaceChildren(
      table(
        "Refused callers",
        [
          ["When", (row) => atDay(row.at)],
          ["Caller", (row) => row.name || "Unknown"],
          ["Number", (row) => row.number || "withheld"],
          ["Conference", (row) => row.room],
          ["Reason", (row) => reason(row.reason)],
        ],
        rows,
      ),
    );
  };

  #name(id) {
    return this.session.rooms.get(id)?.name ?? id ?? "none named";
  }

  close() {
    this.stop();
  }
}
