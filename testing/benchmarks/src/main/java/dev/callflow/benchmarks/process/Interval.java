package dev.callflow.benchmarks.process;

import java.util.Arrays;

/**
 * A median over rounds, and the interval that contains the true median with a probability of 95 %.
 *
 * @param median the median
 * @param from the lower end of the interval
 * @param to the upper end of the interval
 */
public record Interval(double median, double from, double to) {

  private static final double MAX_OUTSIDE = 0.05;

  /**
   * Computes the interval from the order of the values, which requires no assumption about how they
   * are distributed: the true median is as likely above a value as below it. With fewer than six
   * values, the interval contains all of them, and the probability is lower.
   *
   * @param values the values of the rounds
   * @return the median and its interval
   */
  public static Interval of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int rounds = sorted.length;
    int left = 0;
    double chance = Math.pow(2, -rounds) * rounds;
    for (double outside = chance * (rounds + 1) / rounds; 2 * outside <= MAX_OUTSIDE; ) {
      left++;
      chance *= (double) (rounds - left) / (left + 1);
      outside += chance;
    }
    return new Interval(sorted[rounds / 2], sorted[left], sorted[rounds - 1 - left]);
  }
}
