package dev.callflow.conference.observe;

import java.time.Duration;

/**
 * Is told what conferences do, to count and time it; never which conference and which caller.
 * Methods run on threads of calls and rooms and must not block; all do nothing unless overridden.
 */
public interface ConferenceMetrics {

  /** Counts nothing. */
  ConferenceMetrics NONE = new ConferenceMetrics() {};

  /** What has become of a command to the mixer. */
  enum CommandResult {
    /** The mixer has taken it. */
    DONE,
    /** The mixer has refused it, or what it is about is not there. */
    REFUSED,
    /** No answer came. */
    UNKNOWN
  }

  /** How a recording has gone. */
  enum Recording {
    /** It has begun. */
    STARTED,
    /** It could not begin. */
    FAILED,
    /** It has ended. */
    FINISHED
  }

  /**
   * There are more or fewer rooms.
   *
   * @param change by how many
   */
  default void rooms(int change) {}

  /**
   * There are more or fewer participants.
   *
   * @param change by how many
   */
  default void participants(int change) {}

  /**
   * More or fewer seats are taken.
   *
   * @param change by how many
   */
  default void seats(int change) {}

  /**
   * A caller was refused.
   *
   * @param reason why
   */
  default void refused(ConferenceOutcome reason) {}

  /**
   * A leg is in its room.
   *
   * @param took since the mixer was asked
   */
  default void joined(Duration took) {}

  /**
   * The mixer was given a command.
   *
   * @param command its kind, for instance {@code Mute}
   * @param result what has become of it
   * @param took until its answer
   */
  default void commanded(String command, CommandResult result, Duration took) {}

  /**
   * A difference to the mixer was made good.
   *
   * @param cause what had been missed
   */
  default void repaired(RepairCause cause) {}

  /**
   * A recording has begun or ended.
   *
   * @param what which
   */
  default void recording(Recording what) {}
}
