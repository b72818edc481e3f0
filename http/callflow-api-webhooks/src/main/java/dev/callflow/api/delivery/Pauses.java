package dev.callflow.api.delivery;

import java.time.Duration;

/** The pauses between failed attempts, which grow within a bound. */
final class Pauses {

  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** The number of failures after which the pause does not grow any more. */
  private static final int MAX_DOUBLED = 10;

  private Pauses() {}

  /**
   * Returns the pause after failures in a row.
   *
   * @param failures the number of failures, from 1
   */
  static Duration after(int failures) {
    Duration pause = SHORTEST.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLED));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
