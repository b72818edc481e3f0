// Times as people read them. The API counts seconds from the year 0.

const GREGORIAN = 62167219200;

const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat([], { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** Converts a time of the API to milliseconds since 1970; null if there is none. */
export function fromApi(value) {
  if (typeof value === "string" && /^\d{4}-/.test(value)) {
    return Date.parse(value);
  }
  const seconds = Number(value);
  if (!Number.isFinite(seconds) || seconds <= 0) {
    return null;
  }
  return (seconds > GREGORIAN ? seconds - GREGORIAN : seconds) * 1000;
}

export function atClock(milliseconds) {
  return clock.format(milliseconds);
}

export function atDay(milliseconds) {
  return milliseconds === null ? "–" : day.format(milliseconds);
}

/** Says how long something took: 4:05, or 1:02:03. */
export function length(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
