package dev.callflow.conference.document;

/** What happens when a caller who is in a room calls it again. */
public enum DuplicatePolicy {
  /** Both calls are in. */
  ALLOW,
  /** The older call is put out. */
  REPLACE,
  /** The newer call is refused. */
  REFUSE;

  static DuplicatePolicy of(String text) {
    return switch (text) {
      case "replace" -> REPLACE;
      case "refuse" -> REFUSE;
      default -> ALLOW;
    };
  }
}
