// The frame around every view: where one is, whether the page is live, and the way to the other views.

import { attribute, el, icon, shown, text } from "./dom.js";
import { soon } from "./frame.js";
import { RoomList } from "./room-list.js";
import { RoomView } from "./room-view.js";
import { FeedView } from "./feed-view.js";
import { CallflowsView } from "./callflows-view.js";
import { DoorView } from "./door-view.js";
import { HistoryView } from "./history-view.js";
import { atClock } from "./time.js";

const VIEWS = {
  rooms: { label: "Conferences", icon: "rooms" },
  callflows: { label: "Callflows", icon: "tree" },
  door: { label: "Door", icon: "door" },
  history: { label: "History", icon: "history" },
  events: { label: "Events", icon: "events" },
};

export class Shell {
  #view = null;
  #where = "";

  constructor(session, logout) {
    this.session = session;
    this.list = new RoomList(session);
    this.links = Object.entries(VIEWS).map(([name, { label, icon: picture }]) =>
      el("a", { class: "tab", route: this.#route(name), "data-view": name }, icon(picture), el("span", {}, label)),
    );
    this.state = el("span", { class: "state", role: "status" });
    this.banner = el("div", { class: "banner", role: "alert", hidden: true });
    this.main = el("div", { class: "main", id: "main", tabindex: "-1" });
    this.side = el("div", { class: "side" }, this.list.element);
    this.element = el(
      "div",
      { class: "shell" },
      el("a", { class: "skip", route: "main", onclick: (event) => this.#skip(event) }, "Skip to the content"),
      el(
        "header",
        { class: "top" },
        el("span", { class: "mark" }, icon("mic")),
        el("span", { class: "product" }, "Callflow"),
        el("span", { class: "account", title: "Account" }, session.api.account),
        this.state,
        el("button", { type: "button", class: "button quiet", onclick: logout }, icon("leave"), el("span", {}, "Log out")),
      ),
      this.banner,
      el("nav", { class: "tabs", "aria-label": "Views" }, this.links),
      el("main", { class: "body" }, this.side, this.main),
    );
    this.stop = session.onState(() => soon(this.#draw));
    this.#draw();
  }

  #route(...parts) {
    return ["", this.session.api.account, ...parts].map(encodeURIComponent).join("/");
  }

  #skip(event) {
    event.preventDefault();
    this.main.focus();
  }

  /** Shows the view that the address names: #/account/view/id. */
  go(view, id) {
    const known = VIEWS[view] ? view : "rooms";
    const where = `${known}/${id ?? ""}`;
    if (where === this.#where) {
      return;
    }
    const first = this.#where === "";
    this.#where = where;
    this.#view?.close();
    this.#view = this.#create(known, id);
    this.main.replaceChildren(this.#view.element);
    this.list.select(known === "rooms" ? id : null);
    this.links.forEach((link) =>
      attribute(link, "aria-current", link.getAttribute("data-view") === known ? "page" : null));
    attribute(this.element, "data-view", known);
    attribute(this.element, "data-open", id ? "true" : "false");
    document.title = `${VIEWS[known].label} – Callflow console`;
    this.main.scrollTop = 0;
    if (!first) {
      this.main.focus({ preventScroll: true });
    }
  }

  #create(view, id) {
    switch (view) {
      case "callflows":
        return new CallflowsView(this.session, id);
      case "door":
        return new DoorView(this.session);
      case "history":
        return new HistoryView(this.session, id);
      case "events":
        return new FeedView(this.session, null, el("h1", {}, "Events"));
      default:
        return id ? new RoomView(this.session, id) : new Overview(this.session);
    }
  }

  #draw = () => {
    const { state, lostAt } = this.session.live;
    attribute(this.element, "data-live", state);
    text(this.state, { live: "Live", lost: "Not live", connecting: "Connecting …" }[state]);
    shown(this.banner, state === "lost");
    if (state === "lost") {
      text(this.banner, `Not live: the connection was lost at ${atClock(lostAt)}. This is the state of then; connecting again …`);
    }
  };

  close() {
    this.stop();
    this.#view?.close();
    this.list.close();
  }
}

/** What is shown beside the list while no conference is open. */
class Overview {
  constructor(session) {
    this.session = session;
    this.numbers = ["Running", "Participants", "Waiting", "Talking", "Recording"].map((label) => {
      const value = el("dd", {}, "0");
      return { value, element: el("div", { class: "figure" }, el("dt", {}, label), value) };
    });
    this.feed = new FeedView(session, null);
    this.element = el(
      "div",
      { class: "overview" },
      el("h1", {}, "Now"),
      el("dl", { class: "figures" }, this.numbers.map((it) => it.element)),
      this.feed.element,
    );
    this.stop = session.rooms.listen(() => soon(this.#draw));
    this.#draw();
  }

  #draw = () => {
    const rooms = [...this.session.rooms.all.values()].filter((room) => room.running);
    const sum = (of) => rooms.reduce((total, room) => total + of(room), 0);
    const values = [
      rooms.length,
      sum((room) => room.count),
      sum((room) => room.waiting),
      sum((room) => room.talking.size),
      sum((room) => Number(room.recording)),
    ];
    values.forEach((value, index) => text(this.numbers[index].value, value));
  };

  close() {
    this.stop();
    this.feed.close();
  }
}
