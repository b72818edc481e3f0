// Everything that the page shows is created here. Values from outside only ever become text nodes or attributes
// of the short list below, so that a caller's name cannot become markup.

const ATTRIBUTES = new Set([
  "class", "id", "type", "name", "value", "title", "for", "role", "tabindex", "placeholder", "autocomplete",
  "spellcheck", "inputmode", "datetime", "colspan", "scope", "min", "max", "list", "autocapitalize", "rows",
  "maxlength",
]);

/** Creates an element. Children are nodes or texts; keys that begin with "on" are listeners. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    set(element, key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, key, value) {
  if (value === null || value === undefined) {
    return;
  }
  if (key.startsWith("on")) {
    element.addEventListener(key.slice(2), value);
  } else if (typeof value === "boolean") {
    element[key] = value;
  } else if (key === "route") {
    element.setAttribute("href", `#${value}`);
  } else if (ATTRIBUTES.has(key) || key.startsWith("aria-") || key.startsWith("data-")) {
    element.setAttribute(key, value);
  } else {
    throw new Error(`the attribute ${key} cannot be set`);
  }
}

/** Sets the text of an element, if it differs. */
export function text(element, value) {
  const shown = String(value);
  if (element.textContent !== shown) {
    element.textContent = shown;
  }
}

/** Sets or removes an attribute, if it differs. */
export function attribute(element, name, value) {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    set(element, name, value);
  }
}

/** Shows or hides an element. */
export function shown(element, visible) {
  if (element.hidden === visible) {
    element.hidden = !visible;
  }
}

/** Puts children into an order, and moves only those that are out of place. */
export function order(parent, children) {
  let next = parent.firstChild;
  for (const child of children) {
    if (child === next) {
      next = next.nextSibling;
    } else {
      parent.insertBefore(child, next);
    }
  }
  while (next) {
    const after = next.nextSibling;
    next.remove();
    next = after;
  }
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  mic: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  muted: "M9 9v2a3 3 0 0 0 4.5 2.600M15 11V6a3 3 0 0 0-5.8-1M6 11a6 6 0 0 0 9.5 4.900M18 11a6 6 0 0 1-.6 2.600M12 17v4M4 3l16 18",
  ear: "M7 10a5 5 0 0 1 10 0c0 4-4 4.5-4 8a3 3 0 0 1-5.5 1.600M10 10a2 2 0 1 1 3 1.7",
  deaf: "M7 10a5 5 0 0 1 1-3M10.5 5.200A5 5 0 0 1 17 10c0 1.6-.7 2.7-1.5 3.700M13 17.500a3 3 0 0 1-5.5 2.100M4 3l16 18",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  unlock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2",
  record: "M12 12m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0M12 12m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0",
  stop: "M7 7h10v10H7z",
  play: "M8 5l11 7-11 7z",
  dial: "M6 3h3l1.5 5-2 1.500a12 12 0 0 0 6 6l1.5-2 5 1.500v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  end: "M4 14c0-5 16-5 16 0v2l-4-.500v-2.500a14 14 0 0 0-8 0v2.500L4 16z",
  admit: "M10 4h9v16h-9M4 12h10M10.5 8.500L14 12l-3.5 3.5",
  kick: "M14 4H5v16h9M10 12h10M16.5 8.500L20 12l-3.5 3.5",
  back: "M15 5l-7 7 7 7",
  rooms: "M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z",
  tree: "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
  door: "M6 21V4l9-1.500V21M4 21h16M15 5h3v16M11.5 12h.01",
  history: "M4 12a8 8 0 1 0 2.5-5.800L4 8.500M4 4v4.500h4.500M12 8v4.500l3 2",
  events: "M4 6h2M9 6h11M4 12h2M9 12h11M4 18h2M9 18h11",
  leave: "M14 4H5v16h9M10 12h10M16.5 8.500L20 12l-3.5 3.5",
  star: "M12 4l2.5 5.2 5.5.7-4 3.9 1 5.6-5-2.7-5 2.7 1-5.6-4-3.9 5.5-.700z",
  keyboard: "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M18 11h.01M8 14h8",
};

/** Creates an icon, which screen readers do not see. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
