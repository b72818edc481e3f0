package dev.callflow.conference.room;

/** Why somebody is on his way out of a room. */
public enum LeaveReason {
  /** He leaves by himself. */
  LEFT,
  /** He is put out. */
  KICKED,
  /** The room ends. */
  ENDED,
  /** He goes to another room. */
  MOVED
}
