package dev.callflow.conference.observe;

/** The kind of mixer event that was missed. */
public enum RepairCause {
  /** A member left. */
  GHOST,
  /** A member joined. */
  MISSED_JOIN,
  /** A flag of a member or of the room changed. */
  MISSED_FLAG
}
