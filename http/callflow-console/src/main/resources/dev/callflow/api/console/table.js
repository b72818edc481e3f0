// A table of texts, with a caption for screen readers.

import { el } from "./dom.js";

/** @param columns [label, row => text or node] */
export function table(caption, columns, rows) {
  return el(
    "div",
    { class: "table-box", tabindex: "0", role: "region", "aria-label": caption },
    el(
      "table",
      {},
      el("caption", { class: "unseen" }, caption),
      el("thead", {}, el("tr", {}, columns.map(([label]) => el("th", { scope: "col" }, label)))),
      el(
        "tbody",
        {},
        rows.map((row) => el("tr", {}, columns.map(([label, of]) => el("td", { "data-label": label }, of(row) ?? "")))),
      ),
    ),
  );
}
