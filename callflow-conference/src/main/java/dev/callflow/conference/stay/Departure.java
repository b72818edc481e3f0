package dev.callflow.conference.stay;

import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.CallEndedException;

/**
 * How a participant left a room.
 *
 * @see Stay
 */
public sealed interface Departure {

  ConferenceOutcome outcome();

  /** The mixer released the leg; the call continues. */
  record Released(ConferenceOutcome outcome) implements Departure {}

  /**
   * The call ended while the participant was in the room, or while they were leaving for another
   * reason.
   */
  record HungUp(ConferenceOutcome outcome, CallEndedException ended) implements Departure {}

  /** Throws the call's {@link CallEndedException} if the participant hung up. */
  default void throwIfHungUp() {
    switch (this) {
      case Released released -> {}
      case HungUp(var outcome, CallEndedException ended) -> throw ended;
    }
  }
}
