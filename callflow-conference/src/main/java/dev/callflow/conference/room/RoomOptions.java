package dev.callflow.conference.room;

import java.time.Duration;

/**
 * The limits of rooms.
 *
 * @param answerTimeout the maximum time for which a query waits if another thread owns the room
 * @param unreachableTimeout how long rooms are kept while the mixer cannot be reached
 * @param maxBans the maximum number of banned numbers in a room
 */
public record RoomOptions(Duration answerTimeout, Duration unreachableTimeout, int maxBans) {

  /** The default of {@link #maxBans}. */
  public static final int MAX_BANS = 200;

  /** The default of {@link #unreachableTimeout}. */
  public static final Duration UNREACHABLE_TIMEOUT = Duration.ofMinutes(1);

  /** Returns the default options with a different {@link #answerTimeout}. */
  public static RoomOptions of(Duration answerTimeout) {
    return new RoomOptions(answerTimeout, UNREACHABLE_TIMEOUT, MAX_BANS);
  }
}
