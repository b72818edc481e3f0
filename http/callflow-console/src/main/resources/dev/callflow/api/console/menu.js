// A menu at a button, by mouse and by keys.

import { el, icon } from "./dom.js";

let open = null;

/** Opens a menu below a button. Items are {label, icon, run, danger}. */
export function openMenu(button, items) {
  close();
  const before = button;
  const list = el(
    "div",
    { class: "menu", role: "menu", "aria-label": button.getAttribute("aria-label") ?? "More", onkeydown: keys },
    items.map((item) =>
      el(
        "button",
        {
          type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : null,
          onclick: () => {
            close();
            before.focus();
            item.run();
          },
        },
        icon(item.icon),
        item.label,
      ),
    ),
  );
  list.popover = "manual";
  (button.closest("main") ?? document.body).append(list);
  list.showPopover();
  const at = button.getBoundingClientRect();
  const size = list.getBoundingClientRect();
  const below = at.bottom + size.height + 8 < innerHeight;
  list.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - size.height - 4)}px`;
  list.style.left = `${Math.max(8, Math.min(at.right - size.width, innerWidth - size.width - 8))}px`;
  button.setAttribute("aria-expanded", "true");
  open = { list, button };
  addEventListener("pointerdown", outside, true);
  addEventListener("resize", close);
  list.firstElementChild?.focus();
}

function outside(event) {
  if (open && !open.list.contains(event.target)) {
    close();
  }
}

function close() {
  if (open) {
    open.list.remove();
    open.button.setAttribute("aria-expanded", "false");
    open = null;
    removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", close);
  }
}

function keys(event) {
  const items = [...open.list.children];
  const at = items.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[to].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    const { button } = open;
    close();
    button.focus();
  } else if (event.key.length === 1) {
    const letter = event.key.toLowerCase();
    items.find((item) => item.textContent.trim().toLowerCase().startsWith(letter))?.focus();
  }
}
