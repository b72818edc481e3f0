package dev.callflow.benchmarks.report;

import java.util.Optional;

/**
 * A figure of a report.
 *
 * @param section the title of the section
 * @param what the description of the figure
 * @param value the value of the figure
 * @param unit the unit of the value
 * @param bar the bar that the figure should meet, if there is one
 */
public record Row(String section, String what, double value, String unit, Optional<Bar> bar) {

  /**
   * The bar that a figure should meet.
   *
   * @param limit the smallest or largest acceptable value
   * @param atLeast whether the limit is the smallest acceptable value
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
