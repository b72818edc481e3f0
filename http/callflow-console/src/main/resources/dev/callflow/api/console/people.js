// The participants of a room, and the callers who wait. Only the rows that have changed are drawn.

import { attribute, el, icon, order, shown, text } from "./dom.js";
import { oneStop, rowKeys } from "./keys.js";
import { openMenu } from "./menu.js";
import { PARTICIPANT } from "./actions.js";
import { length } from "./time.js";

const HUES = 8;

export class People {
  #rows = new Map();
  #words = "";

  /** @param act called with a participant and the name of an action */
  constructor(actions, act) {
    this.actions = actions;
    this.act = act;
    this.waiting = this.#grid("Waiting callers");
    this.joined = this.#grid("Participants");
    this.waitingTitle = el("h2", { class: "section" }, "Waiting");
    this.joinedTitle = el("h2", { class: "section" }, "Participants");
    this.filter = el("input", {
      type: "search", class: "search", placeholder: "Find a participant", "aria-label": "Find a participant",
      autocomplete: "off", spellcheck: "false", oninput: () => this.#find(),
    });
    this.empty = el("p", { class: "empty" }, "Nobody is in this conference.");
    this.element = el(
      "section",
      { class: "people" },
      this.waitingTitle,
      this.waiting,
      el("div", { class: "titled" }, this.joinedTitle, this.filter),
      this.joined,
      this.empty,
      el(
        "p",
        { class: "hint keys" },
        "Keys: arrows to move, M mute, D deafen, P role, A admit, R remove.",
      ),
    );
  }

  #grid(label) {
    const grid = el("div", { class: "grid", role: "grid", "aria-label": label });
    rowKeys(grid, () => [...grid.children].filter((row) => !row.hidden), (row, key) => this.#pressed(row, key));
    return grid;
  }

  #pressed(element, key) {
    const row = [...this.#rows.values()].find((it) => it.element === element);
    const { person } = row;
    const waiting = person.state === "waiting";
    const action = {
      m: waiting ? null : person.speak ? "mute" : "unmute",
      d: waiting ? null : person.hear ? "deaf" : "undeaf",
      p: waiting ? null : person.is_moderator ? "demote" : "promote",
      a: waiting ? "admit" : null,
      r: "kick",
    }[key];
    if (action) {
      this.act(person, action);
    }
  }

  #find() {
    this.#words = this.filter.value.trim().toLowerCase();
    this.#rows.forEach((row) => this.#filtered(row));
  }

  #filtered(row) {
    const { caller_id_name: name, caller_id_number: number } = row.person;
    shown(row.element, `${name ?? ""} ${number ?? ""}`.toLowerCase().includes(this.#words));
  }

  /** Draws the participants, each only if they are not the same object as before. */
  draw(people) {
    let moved = false;
    const focused = document.activeElement;
    for (const [call, row] of this.#rows) {
      if (!people.has(call)) {
        if (row.element.contains(focused)) {
          (row.element.nextElementSibling ?? row.element.previousElementSibling)?.focus();
        }
        this.#rows.delete(call);
        moved = true;
      }
    }
    for (const [call, person] of people) {
      let row = this.#rows.get(call);
      if (!row) {
        row = new Row(this);
        this.#rows.set(call, row);
        moved = true;
      }
      if (row.person !== person) {
        moved = moved || row.person?.state !== person.state || row.person?.is_moderator !== person.is_moderator;
        row.draw(person);
        this.#filtered(row);
      }
    }
    if (moved) {
      this.#order();
    }
  }

  #order() {
    const rows = [...this.#rows.values()].sort(
      (a, b) => Number(Boolean(b.person.is_moderator)) - Number(Boolean(a.person.is_moderator)) || a.person.at - b.person.at,
    );
    const waiting = rows.filter((row) => row.person.state === "waiting").map((row) => row.element);
    const joined = rows.filter((row) => row.person.state !== "waiting").map((row) => row.element);
    const focused = document.activeElement;
    order(this.waiting, waiting);
    order(this.joined, joined);
    if (focused?.isConnected && focused !== document.activeElement) {
      focused.focus();
    }
    oneStop(waiting);
    oneStop(joined);
    shown(this.waitingTitle, waiting.length > 0);
    shown(this.waiting, waiting.length > 0);
    shown(this.empty, joined.length === 0);
    shown(this.joined, joined.length > 0);
    text(this.waitingTitle, `Waiting (${waiting.length})`);
    text(this.joinedTitle, `Participants (${joined.length})`);
  }

  /** Marks the row of a participant while an action is under way. */
  busy(call) {
    const row = this.#rows.get(call);
    if (row) {
      attribute(row.element, "aria-busy", String(this.actions.isBusy(call)));
    }
  }

  /** Shows since when everybody is in; called every second. */
  tick(now) {
    this.#rows.forEach((row) => row.tick(now));
  }
}

class Row {
  person = null;

  constructor(people) {
    this.avatar = el("span", { class: "avatar", "aria-hidden": "true" });
    this.name = el("span", { class: "name" });
    this.number = el("span", { class: "sub" });
    this.role = el("span", { class: "chip moderator" }, icon("star"), "Moderator");
    this.muted = el("span", { class: "chip muted" }, icon("muted"), "Muted");
    this.deaf = el("span", { class: "chip deaf" }, icon("deaf"), "Deaf");
    this.talk = el(
      "span",
      { class: "chip talk" },
      el("span", { class: "bars", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
      "Talking",
    );
    this.time = el("span", { class: "time" });
    this.admit = this.#button("admit", () => people.act(this.person, "admit"));
    this.mute = this.#button("muted", () => people.act(this.person, this.person.speak ? "mute" : "unmute"));
    this.more = this.#button("more", () => openMenu(this.more, this.#items(people)));
    attribute(this.more, "aria-haspopup", "menu");
    attribute(this.more, "aria-expanded", "false");
    const cell = (name, ...children) => el("div", { class: name, role: "gridcell" }, children);
    this.element = el(
      "div",
      { class: "row", role: "row", tabindex: "-1" },
      cell("person", this.avatar, el("span", { class: "names" }, this.name, this.number)),
      cell("chips", this.talk, this.role, this.muted, this.deaf),
      cell("since", this.time),
      cell("doing", this.admit, this.mute, this.more),
    );
  }

  #button(picture, run) {
    return el("button", { type: "button", class: "button icon-only", tabindex: "-1", onclick: run }, icon(picture));
  }

  #items(people) {
    const { person } = this;
    const actions =
      person.state === "waiting"
        ? ["admit", "kick", "ban"]
        : [
            person.speak ? "mute" : "unmute",
            person.hear ? "deaf" : "undeaf",
            person.is_moderator ? "demote" : "promote",
            "move",
            "kick",
            "ban",
          ];
    return actions.map((action) => ({
      label: PARTICIPANT[action].label,
      icon: PARTICIPANT[action].icon,
      danger: action === "kick" || action === "ban",
      run: () => people.act(this.person, action),
    }));
  }

  draw(person) {
    const before = this.person;
    this.person = person;
    const name = person.caller_id_name || person.caller_id_number || "Unknown";
    const waiting = person.state === "waiting";
    if (before?.caller_id_name !== person.caller_id_name || before?.caller_id_number !== person.caller_id_number) {
      text(this.name, name);
      text(this.number, person.caller_id_number || "number withheld");
      text(this.avatar, initials(name));
      attribute(this.avatar, "class", `avatar hue-${hue(name)}`);
      attribute(this.more, "aria-label", `More for ${name}`);
      attribute(this.admit, "aria-label", `Admit ${name}`);
      attribute(this.admit, "title", "Admit");
    }
    const talking = person.talking === true && !waiting;
    attribute(this.element, "data-talking", String(talking));
    shown(this.talk, talking);
    shown(this.role, person.is_moderator === true);
    shown(this.muted, person.speak === false && !waiting);
    shown(this.deaf, person.hear === false && !waiting);
    shown(this.admit, waiting);
    shown(this.mute, !waiting);
    if (before?.speak !== person.speak || before?.caller_id_name !== person.caller_id_name) {
      const verb = person.speak ? "Mute" : "Unmute";
      attribute(this.mute, "aria-label", `${verb} ${name}`);
      attribute(this.mute, "title", verb);
      this.mute.replaceChildren(icon(person.speak ? "mic" : "muted"));
      attribute(this.mute, "data-on", String(person.speak === false));
    }
    this.tick(Date.now());
  }

  tick(now) {
    text(this.time, length(now - this.person.at));
  }
}

function initials(name) {
  const words = name.trim().split(/[\s,.@:_-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
}

function hue(name) {
  let sum = 0;
  for (const sign of name) {
    sum = (sum * 31 + sign.codePointAt(0)) % 9973;
  }
  return sum % HUES;
}
