package dev.callflow.conference.stay;

import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.core.call.CallEndedException;

/**
 * How a participant left a room.
 *
 * @see Stay
 */
public sealed interface Departure {

  ConferenceOutcome outcome();

  /** The mixer let the leg go; the call is still there. */
  record Released(ConferenceOutcome outcome) implements Departure {}

  /** The call ended while the participant was in, perhaps on their way out for another reason. */
  record HungUp(ConferenceOutcome outcome, CallEndedException ended) implements Departure {}

  /** Goes on as the call does: with its end, if it has ended. */
  default void throwIfHungUp() {
    switch (this) {
      case Released released -> {}
      case HungUp(var outcome, CallEndedException ended) -> throw ended;
    }
  }

  static ConferenceOutcome outcome(LeaveReason reason) {
    return switch (reason) {
      case LEFT -> ConferenceOutcome.LEFT;
      case KICKED -> ConferenceOutcome.KICKED;
      case ENDED -> ConferenceOutcome.ENDED;
      case MOVED -> ConferenceOutcome.MOVED;
    };
  }
}
