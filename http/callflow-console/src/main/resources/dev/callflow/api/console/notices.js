// Short messages that screen readers read out: what an action has done, and why one has failed.

import { el } from "./dom.js";

/** Older ones are removed; the style sheet lets each fade before. */
const MAX = 4;

export function notice(message) {
  show("notices", message);
}

export function alert(message) {
  show("alerts", message);
}

function show(place, message) {
  const parent = document.getElementById(place);
  const item = el("div", { class: "notice" }, el("span", {}, message));
  const gone = () => item.remove();
  item.append(el("button", { class: "quiet", type: "button", "aria-label": "Dismiss", onclick: gone }, "×"));
  parent.append(item);
  while (parent.childElementCount > MAX) {
    parent.firstElementChild.remove();
  }
}
