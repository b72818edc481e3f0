// The event feed: what has happened, newest first, with a filter.

import { el, order, shown, text } from "./dom.js";
import { soon } from "./frame.js";
import { FILTERS, kindOf, sentence } from "./feed.js";
import { atClock } from "./time.js";

const MAX_SHOWN = 200;

export class FeedView {
  #rows = new Map();
  #kinds = new Set(["people", "sound", "refused", "other"]);
  #held = null;

  /**
   * @param room the conference whose events are shown; null for those of all
   * @param title the heading
   */
  constructor(session, room, title = el("h2", { class: "section" }, "Events")) {
    this.session = session;
    this.room = room;
    this.words = el("input", {
      type: "search", class: "search", placeholder: "Filter events", "aria-label": "Filter events",
      autocomplete: "off", spellcheck: "false", oninput: () => soon(this.#draw),
    });
    this.hold = el("button", { type: "button", class: "button quiet", "aria-pressed": "false", onclick: () => this.#pause() }, "Pause");
    this.kinds = Object.entries(FILTERS).map(([kind, label]) =>
      el(
        "label",
        { class: "check" },
        el("input", { type: "checkbox", checked: this.#kinds.has(kind), onchange: (event) => this.#choose(kind, event.target.checked) }),
        label,
      ));
    this.list = el("ol", { class: "events", tabindex: "0", "aria-label": "Events, newest first" });
    this.empty = el("p", { class: "empty" }, "No events yet.");
    this.element = el(
      "section",
      { class: "feed", "aria-label": "Events" },
      el("div", { class: "titled" }, title, this.words, this.hold),
      el("fieldset", { class: "kinds" }, el("legend", { class: "unseen" }, "Kinds of events"), this.kinds),
      this.list,
      this.empty,
    );
    this.stop = session.feed.listen(() => soon(this.#draw));
    this.#draw();
  }

  #choose(kind, on) {
    if (on) {
      this.#kinds.add(kind);
    } else {
      this.#kinds.delete(kind);
    }
    soon(this.#draw);
  }

  #pause() {
    this.#held = this.#held === null ? this.session.feed.items : null;
    if (this.#held) {
      this.#held = [...this.#held];
    }
    this.hold.setAttribute("aria-pressed", String(this.#held !== null));
    text(this.hold, this.#held ? "Continue" : "Pause");
    soon(this.#draw);
  }

  #matches(item, words) {
    return (
      (this.room === null || item.event.conference_id === this.room) &&
      this.#kinds.has(kindOf(item.event.event)) &&
      (words === "" || `${item.room} ${sentence(item.event)} ${item.event.caller_id_number ?? ""} ${item.event.event}`.toLowerCase().includes(words))
    );
  }

  #draw = () => {
    const words = this.words.value.trim().toLowerCase();
    const items = this.#held ?? this.session.feed.items;
    const elements = [];
    const kept = new Map();
    for (let at = items.length - 1; at >= 0 && elements.length < MAX_SHOWN; at--) {
      const item = items[at];
      if (this.#matches(item, words)) {
        const row = this.#rows.get(item.number) ?? this.#row(item);
        kept.set(item.number, row);
        elements.push(row);
      }
    }
    this.#rows = kept;
    order(this.list, elements);
    shown(this.empty, elements.length === 0);
    shown(this.list, elements.length > 0);
  };

  #row(item) {
    const details = el(
      "details",
      {
        ontoggle: (event) => {
          if (event.target.open && details.childElementCount === 1) {
            details.append(el("pre", { tabindex: "0" }, JSON.stringify(item.event, null, 2)));
          }
        },
      },
      el(
        "summary",
        {},
        el("time", {}, atClock(item.at)),
        this.room === null ? el("span", { class: "where" }, item.room) : null,
        el("span", { class: "what" }, sentence(item.event)),
      ),
    );
    return el("li", { class: `event kind-${kindOf(item.event.event)}` }, details);
  }

  close() {
    this.stop();
  }
}
