// Movement by arrow keys in a list of rows, of which only one is a stop of the Tab key.

/**
 * Adds the movement to a container.
 *
 * @param rows returns the visible rows
 * @param pressed called with a row and a letter
 */
export function rowKeys(container, rows, pressed = () => {}) {
  container.addEventListener("focusin", (event) => {
    const row = rows().find((it) => it.contains(event.target));
    if (row) {
      rows().forEach((it) => it !== row && it.tabIndex !== -1 && (it.tabIndex = -1));
      row.tabIndex = 0;
    }
  });
  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) {
      return;
    }
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    if (at < 0) {
      return;
    }
    const stops = (row) => [row, ...[...row.querySelectorAll("button")].filter((it) => !it.hidden && !it.disabled)];
    const column = Math.max(0, stops(all[at]).indexOf(document.activeElement));
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const row = all[Math.max(0, Math.min(to, all.length - 1))];
      const cells = stops(row);
      cells[Math.min(column, cells.length - 1)].focus();
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const cells = stops(all[at]);
      if (cells.length > 1) {
        event.preventDefault();
        cells[Math.max(0, Math.min(column + (event.key === "ArrowRight" ? 1 : -1), cells.length - 1))].focus();
      }
    } else if (/^[a-z]$/i.test(event.key)) {
      pressed(all[at], event.key.toLowerCase());
    }
  });
}

/** Makes the first row the stop of the Tab key, if no other row is. */
export function oneStop(rows) {
  if (rows.length > 0 && !rows.some((row) => row.tabIndex === 0)) {
    rows[0].tabIndex = 0;
  }
}
