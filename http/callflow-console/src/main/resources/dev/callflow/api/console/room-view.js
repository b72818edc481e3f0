// One conference: its state, what can be done with it, and who is in.

import { attribute, el, icon, shown, text } from "./dom.js";
import { soon } from "./frame.js";
import { Actions } from "./actions.js";
import { ask } from "./dialogs.js";
import { FeedView } from "./feed-view.js";
import { openMenu } from "./menu.js";
import { People } from "./people.js";
import { length } from "./time.js";

export class RoomView {
  #tick = 0;
  #closed = false;

  constructor(session, id) {
    this.session = session;
    this.rooms = session.rooms;
    this.id = id;
    this.actions = new Actions(session.api);
    this.people = new People(this.actions, (person, action) => this.#act(person, action));
    this.actions.onBusy((call) => this.people.busy(call));
    this.name = el("h1", {}, id);
    this.about = el("p", { class: "about" });
    this.chips = {
      idle: el("span", { class: "chip quiet" }, "Not running"),
      unknown: el("span", { class: "chip danger" }, "FreeSWITCH cannot be reached"),
      locked: el("span", { class: "chip" }, icon("lock"), "Locked"),
      recording: el("span", { class: "chip danger" }, icon("record"), "Recording"),
    };
    this.ringing = el("ul", { class: "ringing", "aria-label": "Ringing" });
    this.lock = this.#button("lock", "Lock", () => this.actions.room(id, this.#room().locked ? "unlock" : "lock"));
    this.record = this.#button("record", "Record", () =>
      this.actions.room(id, "record", { action: this.#room().recording ? "stop" : "start" }));
    this.dial = this.#button("dial", "Dial", () => this.#dial());
    this.play = this.#button("play", "Play", () => this.#play());
    this.muteAll = this.#button("muted", "Mute all", () => this.actions.everybody(id, "mute"));
    this.more = this.#button("more", "More", () => openMenu(this.more, this.#items()));
    attribute(this.more, "aria-haspopup", "menu");
    attribute(this.more, "aria-expanded", "false");
    this.end = this.#button("end", "End", () => this.#end());
    this.end.classList.add("danger");
    this.feed = new FeedView(session, id);
    this.content = el(
      "div",
      { class: "room-body" },
      el("div", {}, this.ringing, this.people.element),
      this.feed.element,
    );
    this.problem = el("p", { class: "empty", role: "status" }, "Reading …");
    this.element = el(
      "article",
      { class: "room-view" },
      el(
        "header",
        { class: "room-head" },
        el("a", { class: "back", route: ["", session.api.account, "rooms"].map(encodeURIComponent).join("/") }, icon("back"), "Conferences"),
        el("div", { class: "headline" }, this.name, Object.values(this.chips)),
        this.about,
        el(
          "div",
          { class: "buttons", role: "group", "aria-label": "Actions on the conference" },
          this.lock, this.record, this.dial, this.play, this.muteAll, this.more, this.end,
        ),
      ),
      this.problem,
      this.content,
    );
    shown(this.content, false);
    this.stop = this.rooms.listen((ids) => ids.has(id) && soon(this.#draw));
    this.#open();
  }

  #button(picture, label, run) {
    return el("button", { type: "button", class: "button", onclick: run }, icon(picture), el("span", {}, label));
  }

  async #open() {
    this.#draw();
    try {
      if (!(await this.rooms.open(this.id))) {
        text(this.problem, "This conference does not exist, or has ended.");
        return;
      }
    } catch (refused) {
      text(this.problem, `The conference cannot be read: ${refused.message}.`);
      return;
    }
    if (this.#closed) {
      this.rooms.leave(this.id);
      return;
    }
    shown(this.problem, false);
    shown(this.content, true);
    this.#tick = setInterval(() => this.#ticked(), 1_000);
    soon(this.#draw);
  }

  #room() {
    return this.rooms.get(this.id);
  }

  #draw = () => {
    const room = this.#room();
    if (!room || this.#closed) {
      return;
    }
    text(this.name, room.name);
    shown(this.chips.idle, !room.running);
    shown(this.chips.unknown, room.unknown);
    shown(this.chips.locked, room.locked);
    shown(this.chips.recording, room.recording);
    this.#label(this.lock, room.locked ? "unlock" : "lock", room.locked ? "Unlock" : "Lock");
    this.#label(this.record, room.recording ? "stop" : "record", room.recording ? "Stop recording" : "Record");
    for (const button of [this.lock, this.record, this.play, this.muteAll, this.more, this.end]) {
      button.disabled = !room.running;
    }
    this.ringing.replaceChildren(
      ...[...room.ringing].map(([call, endpoint]) =>
        el(
          "li",
          {},
          icon("dial"),
          el("span", {}, `${endpoint} is ringing`),
          el("button", { type: "button", class: "link", onclick: () => this.actions.room(this.id, "cancel", { call_id: call }) }, "Cancel"),
        )),
    );
    this.people.draw(room.people ?? new Map());
    this.#ticked();
  };

  #label(button, picture, label) {
    const shownLabel = button.lastElementChild;
    if (shownLabel.textContent !== label) {
      button.replaceChildren(icon(picture), el("span", {}, label));
    }
  }

  #ticked() {
    const room = this.#room();
    if (!room) {
      return;
    }
    const parts = [
      room.numbers.length > 0 ? `Number ${room.numbers.join(", ")}` : room.stored ? null : "Not stored",
      room.running && room.since ? `since ${length(Date.now() - room.since)}` : null,
      room.running ? `${room.count} in, ${room.moderators} ${room.moderators === 1 ? "moderator" : "moderators"}` : null,
      room.waiting > 0 ? `${room.waiting} waiting` : null,
    ];
    text(this.about, parts.filter(Boolean).join(" · "));
    this.people.tick(Date.now());
  }

  #items() {
    const { id, actions } = this;
    return [
      { label: "Unmute all", icon: "mic", run: () => actions.everybody(id, "unmute") },
      { label: "Stop playing", icon: "stop", run: () => actions.room(id, "stop_play") },
      { label: "Ban a number…", icon: "kick", danger: true, run: () => this.#ban("ban") },
      { label: "Lift a ban…", icon: "admit", run: () => this.#ban("unban") },
    ];
  }

  async #act(person, action) {
    const name = person.caller_id_name || person.caller_id_number || "this caller";
    let data = {};
    if (action === "kick" || action === "ban") {
      const sure = await ask({
        title: action === "ban" ? `Remove and ban ${name}?` : `Remove ${name}?`,
        text: action === "ban" ? "They cannot come back until the conference ends." : "They can call again.",
        confirm: action === "ban" ? "Remove and ban" : "Remove",
        danger: true,
      });
      if (!sure) {
        return;
      }
    } else if (action === "move") {
      const options = [...this.rooms.all.values()]
        .filter((room) => room.id !== this.id)
        .sort((a, b) => Number(b.running) - Number(a.running) || a.name.localeCompare(b.name))
        .map((room) => ({ value: room.id, label: room.running ? `${room.name} (${room.count})` : room.name }));
      const chosen = await ask({
        title: `Move ${name}`,
        confirm: "Move",
        fields: [{ name: "conference", label: "To", options, required: true }],
      });
      if (!chosen?.conference) {
        return;
      }
      data = { conference_id: chosen.conference };
    }
    await this.actions.participant(this.id, person, action, data);
  }

  async #dial() {
    const chosen = await ask({
      title: "Dial into the conference",
      confirm: "Dial",
      fields: [
        {
          name: "endpoints", label: "Numbers, SIP addresses, devices or users", required: true,
          hint: "Several are separated by commas. They ring for up to 20 seconds.",
        },
      ],
    });
    const endpoints = (chosen?.endpoints ?? "").split(",").map((it) => it.trim()).filter(Boolean);
    if (endpoints.length > 0) {
      await this.actions.dial(this.id, { endpoints, timeout: 20 });
    }
  }

  async #play() {
    const media = await this.session.api.optional(["media"], { paginate: "false" }).catch(() => null);
    const chosen = await ask({
      title: "Play to everybody",
      confirm: "Play",
      fields: [
        {
          name: "media", label: "Media", required: true, hint: "The id of a media document, a prompt or a tone.",
          suggestions: (media?.data ?? []).map((it) => ({ value: it.id, label: it.name ?? it.id })),
        },
      ],
    });
    if (chosen?.media) {
      await this.actions.room(this.id, "play", { media_id: chosen.media });
    }
  }

  async #ban(action) {
    const chosen = await ask({
      title: action === "ban" ? "Ban a number" : "Lift a ban",
      text: action === "ban" ? "Until the conference ends, callers with this number do not get in." : null,
      confirm: action === "ban" ? "Ban" : "Lift",
      danger: action === "ban",
      fields: [{ name: "number", label: "Caller number", required: true }],
    });
    if (chosen?.number) {
      await this.actions.room(this.id, action, { caller_id_number: chosen.number });
    }
  }

  async #end() {
    const sure = await ask({
      title: `End ${this.#room().name}?`,
      text: "All participants are removed.",
      confirm: "End the conference",
      danger: true,
    });
    if (sure) {
      await this.actions.room(this.id, "end");
    }
  }

  close() {
    this.#closed = true;
    clearInterval(this.#tick);
    this.stop();
    this.feed.close();
    this.rooms.leave(this.id);
  }
}
