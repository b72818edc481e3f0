// The conferences of the past, and who was in one of them.

import { el, icon, shown, text } from "./dom.js";
import { reason } from "./reasons.js";
import { table } from "./table.js";
import { atDay, fromApi, length } from "./time.js";

export class HistoryView {
  constructor(session, id) {
    this.session = session;
    this.problem = el("p", { class: "hint", role: "status" }, "Reading …");
    this.title = el("h1", {}, "History");
    this.box = el("div", {});
    this.element = el(
      "article",
      { class: "page" },
      id ? el("a", { class: "back always", route: this.#route(null) }, icon("back"), "History") : null,
      this.title,
      this.problem,
      this.box,
    );
    this.#read(id);
  }

  #route(id) {
    return ["", this.session.api.account, "history", ...(id ? [id] : [])].map(encodeURIComponent).join("/");
  }

  async #read(id) {
    try {
      const run = ["history", "conferences", ...(id ? [id] : [])];
      const answer = await this.session.api.optional(run, id ? {} : { page_size: "200" });
      if (answer === null) {
        text(this.problem, id ? "This conference is not in the history." : "This host keeps no history of conferences.");
        return;
      }
      if (id) {
        const people = await this.session.api.optional([...run, "participants"], { page_size: "1000" });
        this.box.replaceChildren(...this.#one(answer.data, people?.data ?? answer.data.participants ?? []));
      } else {
        this.box.replaceChildren(...this.#all(answer.data));
      }
      shown(this.problem, false);
    } catch (refused) {
      text(this.problem, `The history cannot be read: ${refused.message}.`);
    }
  }

  #all(rows) {
    if (rows.length === 0) {
      return [el("p", { class: "empty" }, "No conference is in the history yet.")];
    }
    return [
      table(
        "Conferences",
        [
          ["Conference", (run) => el("a", { route: this.#route(run.id) }, this.#name(run))],
          ["Began", (run) => atDay(fromApi(run.started))],
          ["Lasted", (run) => lasted(run.started, run.ended, "still running")],
          ["Participants", (run) => String(run.total_participants ?? "")],
          ["At once", (run) => String(run.peak_participants ?? "")],
          ["Ended", (run) => reason(run.end_reason)],
        ],
        rows,
      ),
    ];
  }

  #one(run, people) {
    text(this.title, this.#name(run));
    return [
      el("p", { class: "about" }, `${atDay(fromApi(run.started))}, ${lasted(run.started, run.ended, "still running")}`),
      table(
        "Participants",
        [
          ["Participant", (it) => it.caller_id_name || "Unknown"],
          ["Number", (it) => it.caller_id_number || "withheld"],
          ["Role", (it) => (it.role === "moderator" ? "moderator" : "participant")],
          ["Joined", (it) => atDay(fromApi(it.joined))],
          ["Stayed", (it) => lasted(it.joined, it.left, "still in")],
          ["Left", (it) => reason(it.how_left)],
        ],
        people,
      ),
    ];
  }

  #name(run) {
    return run.name || this.session.rooms.get(run.conference_id)?.name || run.conference_id || run.id;
  }

  close() {}
}

function lasted(from, to, open) {
  const began = fromApi(from);
  const ended = fromApi(to);
  return began && ended ? length(ended - began) : open;
}
