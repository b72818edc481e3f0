package dev.callflow.conference.document;

/** The treatment of a caller who calls a room again while they are in it. */
public enum DuplicatePolicy {
  /** Both calls are in the room. */
  ALLOW,
  /** The older call is kicked. */
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
