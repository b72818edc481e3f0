package dev.callflow.conference.room;

/** The reason why a caller leaves a room. */
public enum LeaveReason {
  /** The caller left. */
  LEFT,
  /** The caller was kicked. */
  KICKED,
  /** The room ended. */
  ENDED,
  /** The caller was moved to another room. */
  MOVED
}
