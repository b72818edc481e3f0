// Conferences that have ended, and who was in one of them.

import { el, icon, shown, text } from "./dom.js";
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
      const answer = await this.session.api.optional(["history", "conferences", ...(id ? [id] : [])]);
      if (answer === null) {
        text(this.problem, id ? "This conference is not in the history." : "This host keeps no history of conferences.");
        return;
      }
      shown(this.problem, false);
      this.box.replaceChildren(...(id ? this.#one(answer.data) : this.#all(answer.data)));
    } catch (refused) {
      text(this.problem, `The history cannot be read: ${refused.message}.`);
    }
  }

  #all(rows) {
    if (rows.length === 0) {
      return [el("p", { class: "empty" }, "No conference has ended yet.")];
    }
    return [
      table(
        "Conferences that have ended",
        [
          ["Conference", (row) => el("a", { route: this.#route(row.id) }, this.#name(row))],
          ["Began", (row) => atDay(fromApi(row.start_time ?? row.started))],
          ["Lasted", (row) => duration(row)],
          ["Participants", (row) => String(row.participant_count ?? row.participants?.length ?? "")],
        ],
        rows,
      ),
    ];
  }

  #one(record) {
    text(this.title, this.#name(record));
    const sections = [
      el("p", { class: "about" }, `${atDay(fromApi(record.start_time ?? record.started))}, ${duration(record)}`),
      table(
        "Participants",
        [
          ["Participant", (it) => it.caller_id_name || "Unknown"],
          ["Number", (it) => it.caller_id_number || "withheld"],
          ["Role", (it) => (it.is_moderator || it.role === "moderator" ? "moderator" : "participant")],
          ["Joined", (it) => atDay(fromApi(it.join_time ?? it.joined))],
          ["Stayed", (it) => duration(it)],
          ["Left", (it) => it.left_reason ?? it.reason ?? it.how ?? ""],
        ],
        record.participants ?? [],
      ),
    ];
    if ((record.recordings ?? []).length > 0) {
      sections.push(
        el("h2", { class: "section" }, "Recordings"),
        table("Recordings", [["File", (it) => it.name ?? it.path ?? it.id], ["Length", (it) => duration(it)]], record.recordings),
      );
    }
    return sections;
  }

  #name(record) {
    const id = record.conference_id ?? record.id;
    return record.name ?? record.conference_name ?? this.session.rooms.get(id)?.name ?? id;
  }

  close() {}
}

/** Says how long something took, from a duration or from its times. */
function duration(record) {
  if (typeof record.milliseconds === "number") {
    return length(record.milliseconds);
  }
  if (typeof record.duration === "number") {
    return length(1000 * record.duration);
  }
  const from = fromApi(record.start_time ?? record.started ?? record.join_time ?? record.joined);
  const to = fromApi(record.end_time ?? record.ended ?? record.leave_time ?? record.left);
  return from && to ? length(to - from) : "–";
}
