package dev.callflow.benchmarks.report;

import java.util.Optional;

/**
 * A figure.
 *
 * @param section what it belongs to
 * @param what what was measured
 * @param value the figure
 * @param unit its unit
 * @param bar what it is compared with, where it is
 */
public record Row(String section, String what, double value, String unit, Optional<Bar> bar) {

  /**
   * What a figure should be.
   *
   * @param limit the bar
   * @param atLeast whether more is better
   */
  public record Bar(double limit, boolean atLeast) {

    boolean isMetBy(double value) {
      return atLeast ? value >= limit : value <= limit;
    }

    @Override
    public String toString() {
      return (atLeast ? ">= " : "<= ") + Report.text(limit);
    }
  }
}
