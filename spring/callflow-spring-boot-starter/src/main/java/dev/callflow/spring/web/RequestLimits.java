package dev.callflow.spring.web;

import java.time.Duration;

/**
 * The limits for requests. The memory for all bodies of an account, and in total, is a multiple of
 * the largest body.
 *
 * @param maxBytes the maximum size of a body in bytes
 * @param bodyTimeout the time in which a body must arrive
 * @param maxOfAccount the maximum number of simultaneous requests of one account
 */
record RequestLimits(int maxBytes, Duration bodyTimeout, int maxOfAccount) {

  /** How many of the largest bodies one account may have in memory. */
  private static final long BODIES_OF_ACCOUNT = 2;

  /** How many of the largest bodies all accounts together may have in memory. */
  private static final long BODIES = 8;

  /** The average number of bytes that must arrive in a second, after the first five. */
  static final int MIN_BYTES_PER_SECOND = 500;

  static final Duration GRACE = Duration.ofSeconds(5);

  long maxBytesOfAccount() {
    return BODIES_OF_ACCOUNT * maxBytes;
  }

  long maxTotalBytes() {
    return BODIES * maxBytes;
  }
}
