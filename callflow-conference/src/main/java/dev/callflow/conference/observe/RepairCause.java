package dev.callflow.conference.observe;

/** The kind of event that the mixer sent and we missed. */
public enum RepairCause {
  /** A member left. */
  GHOST,
  /** A member joined. */
  MISSED_JOIN,
  /** A flag of a member or of the room changed. */
  MISSED_FLAG
}
