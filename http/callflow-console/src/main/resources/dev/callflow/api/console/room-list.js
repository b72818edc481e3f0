// The list of conferences, running ones first, with their live counts.

import { attribute, el, icon, order, shown, text } from "./dom.js";
import { soon } from "./frame.js";
import { oneStop, rowKeys } from "./keys.js";

const collator = new Intl.Collator();

export class RoomList {
  #rows = new Map();
  #changed = null;
  #selected = null;

  constructor(session) {
    this.session = session;
    this.rooms = session.rooms;
    this.filter = el("input", {
      type: "search", class: "search", placeholder: "Find a conference", "aria-label": "Find a conference",
      autocomplete: "off", spellcheck: "false", oninput: () => this.#all(),
    });
    this.items = el("ul", { class: "rooms" });
    this.count = el("p", { class: "hint count", role: "status" });
    this.element = el("nav", { class: "list", "aria-label": "Conferences" }, el("h1", {}, "Conferences"), this.filter, this.count, this.items);
    rowKeys(this.items, () => this.#visible());
    this.stop = this.rooms.listen((ids) => {
      this.#changed ??= new Set();
      ids.forEach((id) => this.#changed.add(id));
      soon(this.#draw);
    });
    this.#all();
  }

  #all() {
    this.#changed = new Set([...this.rooms.all.keys(), ...this.#rows.keys()]);
    soon(this.#draw);
  }

  select(id) {
    for (const at of [this.#selected, id ?? null]) {
      const row = this.#rows.get(at);
      if (row) {
        attribute(row.link, "aria-current", at === id ? "true" : null);
      }
    }
    this.#selected = id ?? null;
  }

  #visible() {
    return [...this.items.children].filter((item) => !item.hidden).map((item) => item.firstElementChild);
  }

  #draw = () => {
    const words = this.filter.value.trim().toLowerCase();
    let moved = false;
    for (const id of this.#changed ?? []) {
      const room = this.rooms.get(id);
      if (!room) {
        moved = this.#rows.delete(id) || moved;
        continue;
      }
      let row = this.#rows.get(id);
      if (!row) {
        row = new Row(this.session.api.account, id);
        this.#rows.set(id, row);
        if (id === this.#selected) {
          attribute(row.link, "aria-current", "true");
        }
      }
      moved = row.draw(room) || moved;
      shown(row.element, words === "" || room.name.toLowerCase().includes(words) || room.numbers.some((it) => String(it).includes(words)));
    }
    this.#changed = null;
    if (moved) {
      const sorted = [...this.#rows.values()].sort((a, b) => a.rank - b.rank || collator.compare(a.name, b.name));
      order(this.items, sorted.map((row) => row.element));
    }
    const visible = this.#visible();
    oneStop(visible);
    const running = [...this.#rows.values()].filter((row) => row.rank === 0).length;
    text(this.count, words ? `${visible.length} found` : `${running} running, ${this.#rows.size - running} idle`);
  };

  close() {
    this.stop();
  }
}

class Row {
  rank = -1;
  name = "";

  constructor(account, id) {
    this.title = el("span", { class: "name" });
    this.numbers = el("span", { class: "sub" });
    this.flags = el("span", { class: "flags" });
    this.locked = flag("lock", "locked");
    this.recording = flag("record", "recording");
    this.waiting = el("span", { class: "badge waiting" });
    this.people = el("span", { class: "badge" });
    this.talk = el("span", { class: "bars", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.flags.append(this.talk, this.locked, this.recording, this.waiting, this.people);
    this.link = el(
      "a",
      { class: "room", tabindex: "-1", route: ["", account, "rooms", id].map(encodeURIComponent).join("/") },
      el("span", { class: "names" }, this.title, this.numbers),
      this.flags,
    );
    this.element = el("li", {}, this.link);
  }

  /** Draws the room; returns whether its place in the list may be another. */
  draw(room) {
    text(this.title, room.name);
    text(this.numbers, room.numbers.join(", ") || (room.stored ? "" : "not stored"));
    attribute(this.link, "data-running", String(room.running));
    attribute(this.link, "data-unknown", String(room.unknown));
    shown(this.locked, room.locked);
    shown(this.recording, room.recording);
    shown(this.talk, room.talking.size > 0);
    shown(this.waiting, room.waiting > 0);
    text(this.waiting, `${room.waiting} waiting`);
    shown(this.people, room.running);
    text(this.people, room.count);
    attribute(this.people, "aria-label", `${room.count} participants`);
    attribute(this.people, "role", "img");
    const rank = room.running ? 0 : 1;
    const moved = rank !== this.rank || room.name !== this.name;
    this.rank = rank;
    this.name = room.name;
    return moved;
  }
}

function flag(picture, label) {
  return el("span", { class: `flag ${picture}`, title: label }, icon(picture), el("span", { class: "unseen" }, label));
}
