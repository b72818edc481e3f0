package dev.callflow.conference.observe;

/** What an event from the mixer would have said, had it not been missed. */
public enum RepairCause {
  /** A member who was shown had left. */
  GHOST,
  /** A member who was in was not shown. */
  MISSED_JOIN,
  /** A member, or the room itself, was shown with wrong flags. */
  MISSED_FLAG
}
