// Short messages that screen readers read out: what an action has done, and why one has failed.

import { el } from "./dom.js";

const MAX = 4;
const NOTICE_MS = 5_000;
const ALERT_MS = 12_000;

export function notice(message) {
  show("notices", message, NOTICE_MS);
}

export function alert(message) {
  show("alerts", message, ALERT_MS);
}

function show(place, message, milliseconds) {
  const parent = document.getElementById(place);
  const item = el("div", { class: "notice" }, el("span", {}, message));
  const gone = () => item.remove();
  item.append(el("button", { class: "quiet", type: "button", "aria-label": "Dismiss", onclick: gone }, "×"));
  parent.append(item);
  while (parent.childElementCount > MAX) {
    parent.firstElementChild.remove();
  }
  setTimeout(gone, milliseconds);
}
