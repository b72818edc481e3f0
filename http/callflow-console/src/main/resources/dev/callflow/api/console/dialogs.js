// Questions before an action: one form in a dialog, which the browser closes with Escape.

import { el } from "./dom.js";

/**
 * Asks; resolves to the values of the fields by name, or null.
 *
 * @param question title, text, confirm (label), danger, and fields: {name, label, value, options, required, hint}
 */
export function ask({ title, text, confirm, danger = false, fields = [] }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const inputs = fields.map(field);
    const dialog = el(
      "dialog",
      { class: "dialog", "aria-labelledby": "dialog-title" },
      el(
        "form",
        { onsubmit: submit },
        el("h2", { id: "dialog-title" }, title),
        text ? el("p", {}, text) : null,
        inputs.map((it) => it.row),
        el(
          "div",
          { class: "buttons" },
          el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
          el("button", { type: "submit", class: danger ? "button danger" : "button primary" }, confirm),
        ),
      ),
    );
    let answer = null;
    function submit(event) {
      event.preventDefault();
      answer = Object.fromEntries(inputs.map(({ name, input }) => [name, input.value.trim()]));
      dialog.close();
    }
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) {
        before.focus();
      }
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (inputs[0]?.input ?? dialog.querySelector("[type=submit]")).focus();
  });
}

function field({ name, label, value = "", options = null, required = false, hint = null, suggestions = [] }) {
  const id = `field-${name}`;
  const list = suggestions.length > 0 ? `${id}-list` : null;
  const input = options
    ? el("select", { id, name, required }, options.map((it) => el("option", { value: it.value }, it.label)))
    : el("input", { id, name, value, required, list, autocomplete: "off", spellcheck: "false", type: "text" });
  const row = el(
    "div",
    { class: "field" },
    el("label", { for: id }, label),
    input,
    list ? el("datalist", { id: list }, suggestions.map((it) => el("option", { value: it.value }, it.label))) : null,
    hint ? el("p", { class: "hint" }, hint) : null,
  );
  return { name, input, row };
}
