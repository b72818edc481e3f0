package dev.callflow.conference.room;

/** Why a caller is on the way out of a room. */
public enum LeaveReason {
  /** They leave by themselves. */
  LEFT,
  /** They are kicked. */
  KICKED,
  /** The room ends. */
  ENDED,
  /** They are moved to another room. */
  MOVED
}
