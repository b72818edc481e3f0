package dev.callflow.conference.room;

/** Why a caller leaves a room. */
public enum LeaveReason {
  /** They left. */
  LEFT,
  /** They were kicked. */
  KICKED,
  /** The room ended. */
  ENDED,
  /** They were moved to another room. */
  MOVED
}
