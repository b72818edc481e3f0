package dev.callflow.conference.observe;

import java.time.Duration;

/**
 * Receives the counts and durations from which an application makes metrics. They identify neither
 * conferences nor callers. {@link #refused}, {@link #joined} and {@link #commanded} are called on
 * the threads of calls and operators, the others on a thread that does no other work. No method may
 * block. By default they do nothing.
 */
public interface ConferenceMetrics {

  /** Ignores all counts and durations. */
  ConferenceMetrics NONE = new ConferenceMetrics() {};

  /** The result of a command to the mixer. */
  enum CommandResult {
    /** The mixer accepted the command. */
    DONE,
    /** The mixer refused the command, or the room or member does not exist. */
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
   * @param change the increase; negative for a decrease
   */
  default void rooms(int change) {}

  /**
   * Called when the number of participants changes.
   *
   * @param change the increase; negative for a decrease
   */
  default void participants(int change) {}

  /**
   * Called when the number of taken seats changes.
   *
   * @param change the increase; negative for a decrease
   */
  default void seats(int change) {}

  /**
   * Called when a caller is refused.
   *
   * @param reason why the caller is refused
   */
  default void refused(ConferenceOutcome reason) {}

  /**
   * Called when a leg has entered its room.
   *
   * @param took the time between the request to the mixer and the entry of the leg
   */
  default void joined(Duration took) {}

  /**
   * Called when the mixer has replied to a command or has failed to reply.
   *
   * @param command the type of the command, for instance {@code Mute}
   * @param result the result
   * @param took how long the command took
   */
  default void commanded(String command, CommandResult result, Duration took) {}

  /**
   * Called after a difference between the known state of a room and its state in the mixer has been
   * repaired.
   *
   * @param cause the kind of event that was missed
   */
  default void repaired(RepairCause cause) {}

  /**
   * Called when a recording starts, fails to start, or ends.
   *
   * @param stage the stage that the recording has reached
   */
  default void recording(Recording stage) {}
}
