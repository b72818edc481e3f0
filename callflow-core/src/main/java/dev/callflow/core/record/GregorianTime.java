package dev.callflow.core.record;

import java.time.Instant;

/** Converts to and from Kazoo's times, which are seconds since the year 0. */
public final class GregorianTime {

  /** The number of seconds from the start of the year 0 to 1970. */
  private static final long UNIX_EPOCH = 62_167_219_200L;

  private GregorianTime() {}

  /**
   * Converts to Kazoo's time.
   *
   * @param instant the time; fractions of a second are dropped
   * @return the seconds since the year 0
   */
  public static long of(Instant instant) {
    return instant.getEpochSecond() + UNIX_EPOCH;
  }

  /**
   * Converts from Kazoo's time.
   *
   * @param seconds the seconds since the year 0
   * @return the time
   * @throws java.time.DateTimeException if the time is beyond the range of {@link Instant}
   */
  public static Instant toInstant(long seconds) {
    return Instant.ofEpochSecond(seconds - UNIX_EPOCH);
  }
}
