package dev.callflow.api.server;

import java.time.Duration;

/**
 * The limits for requests that are in progress. All super admins together count as one account.
 *
 * @param maxBytes the maximum size of a body in bytes; a larger one is refused with 413
 * @param maxOfAccount the maximum number of requests of one account; further ones are refused with
 *     429
 * @param maxBytesOfAccount the maximum size of all bodies of one account in bytes; further requests
 *     are refused with 429
 * @param maxTotalBytes the maximum size of all bodies in bytes; further requests are refused with
 *     503
 * @param arrival the time in which bodies must arrive
 */
public record RequestLimits(
    int maxBytes, int maxOfAccount, int maxBytesOfAccount, int maxTotalBytes, Arrival arrival) {

  /** How many of the largest bodies one account may have in memory. */
  private static final int BODIES_OF_ACCOUNT = 2;

  /** How many of the largest bodies all accounts together may have in memory. */
  private static final int BODIES = 8;

  private static final int MIN_BYTES_PER_SECOND = 500;
  private static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * The time in which a body must arrive. A slower request is refused with 408.
   *
   * @param timeout the time for the whole body
   * @param minBytesPerSecond the average rate at which the body must arrive
   * @param grace the time after which the rate is checked
   */
  public record Arrival(Duration timeout, int minBytesPerSecond, Duration grace) {

    /** Validates the times, which must be positive, and the rate, which must be at least 1. */
    public Arrival {
      requireLimits(minBytesPerSecond);
      requirePositive(timeout);
      requirePositive(grace);
    }
  }

  /** Validates the limits, which must be at least 1. */
  public RequestLimits {
    requireLimits(maxBytes, maxOfAccount, maxBytesOfAccount, maxTotalBytes);
  }

  /**
   * Returns limits in the standard proportions: an account may have two of the largest bodies in
   * memory, and all accounts together eight; after five seconds, 500 bytes must have arrived in
   * each second.
   *
   * @param maxBytes the maximum size of a body in bytes; at most an eighth of {@link
   *     Integer#MAX_VALUE}
   * @param maxOfAccount the maximum number of requests of one account
   * @param timeout the time in which a body must arrive
   * @return the limits
   */
  public static RequestLimits of(int maxBytes, int maxOfAccount, Duration timeout) {
    return new RequestLimits(
        maxBytes,
        maxOfAccount,
        Math.multiplyExact(BODIES_OF_ACCOUNT, maxBytes),
        Math.multiplyExact(BODIES, maxBytes),
        new Arrival(timeout, MIN_BYTES_PER_SECOND, GRACE));
  }

  private static void requireLimits(int... limits) {
    for (int limit : limits) {
      if (limit < 1) {
        throw new IllegalArgumentException("a limit must be at least 1, but is " + limit);
      }
    }
  }

  private static void requirePositive(Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("a time must be positive, but is " + time);
    }
  }
}
