package dev.callflow.conference.room;

import dev.callflow.conference.observe.ConferenceOutcome;

/** The reason why a caller leaves a room. */
public enum LeaveReason {
  /** The caller left. */
  LEFT,
  /** The caller was kicked. */
  KICKED,
  /** The room ended. */
  ENDED,
  /** The caller was moved to another room. */
  MOVED;

  /** Returns the outcome of the caller's visit. */
  public ConferenceOutcome outcome() {
    return switch (this) {
      case LEFT -> ConferenceOutcome.LEFT;
      case KICKED -> ConferenceOutcome.KICKED;
      case ENDED -> ConferenceOutcome.ENDED;
      case MOVED -> ConferenceOutcome.MOVED;
    };
  }
}
