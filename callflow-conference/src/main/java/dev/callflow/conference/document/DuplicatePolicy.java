package dev.callflow.conference.document;

/** The policy for a caller who calls a room again while they are already in it. */
public enum DuplicatePolicy {
  /** Both calls may be in the room. */
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
