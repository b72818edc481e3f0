package dev.callflow.api.access;

import java.time.Duration;

/**
 * How many requests with unknown tokens an IP address may send before its further attempts are
 * refused without a check.
 *
 * @param burst the number allowed at once
 * @param perPeriod the number of further ones allowed in each period
 * @param period the length of a period
 */
public record FailureLimit(int burst, int perPeriod, Duration period) {

  /** The default limit: 20 at once, then 10 a minute. */
  public static final FailureLimit STANDARD = new FailureLimit(20, 10, Duration.ofMinutes(1));

  /** Validates the numbers, which must be at least 1, and the period, which must be positive. */
  public FailureLimit {
    if (burst < 1 || perPeriod < 1) {
      throw new IllegalArgumentException(
          "a limit must be at least 1, but is " + Math.min(burst, perPeriod));
    }
    if (!period.isPositive()) {
      throw new IllegalArgumentException("the period must be positive, but is " + period);
    }
  }
}
