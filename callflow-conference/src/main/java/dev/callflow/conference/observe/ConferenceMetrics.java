package dev.callflow.conference.observe;

import java.time.Duration;

/**
 * Records counts and times of what conferences do, without identifying the conference or the
 * caller. The methods run on threads of calls and rooms and must not block. By default they all do
 * nothing.
 */
public interface ConferenceMetrics {

  /** Records nothing. */
  ConferenceMetrics NONE = new ConferenceMetrics() {};

  /** The result of a command to the mixer. */
  enum CommandResult {
    /** The mixer accepted it. */
    DONE,
    /** The mixer refused it, or its room or member does not exist. */
    REFUSED,
    /** No reply arrived. */
    UNKNOWN
  }

  /** A stage of a recording. */
  enum Recording {
    /** The recording started. */
    STARTED,
    /** The recording could not start. */
    FAILED,
    /** The recording ended. */
    FINISHED
  }

  /**
   * Called when the number of rooms changes.
   *
   * @param change the difference
   */
  default void rooms(int change) {}

  /**
   * Called when the number of participants changes.
   *
   * @param change the difference
   */
  default void participants(int change) {}

  /**
   * Called when the number of taken seats changes.
   *
   * @param change the difference
   */
  default void seats(int change) {}

  /**
   * Called when a caller is refused.
   *
   * @param reason the reason
   */
  default void refused(ConferenceOutcome reason) {}

  /**
   * Called when a leg has entered its room.
   *
   * @param took the time since the request to the mixer
   */
  default void joined(Duration took) {}

  /**
   * Called after a command to the mixer.
   *
   * @param command the type of the command, for instance {@code Mute}
   * @param result the result
   * @param took the time until the reply
   */
  default void commanded(String command, CommandResult result, Duration took) {}

  /**
   * Called when a difference between a room and the mixer has been repaired.
   *
   * @param cause the kind of event that was missed
   */
  default void repaired(RepairCause cause) {}

  /**
   * Called when a recording starts, fails to start, or ends.
   *
   * @param stage the stage
   */
  default void recording(Recording stage) {}
}
