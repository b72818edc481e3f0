package dev.callflow.benchmarks.report;

import dev.callflow.benchmarks.process.Interval;
import java.util.Optional;

/**
 * A figure of a report.
 *
 * @param section the title of the section
 * @param what the description of the figure
 * @param value the value of the figure
 * @param interval the interval of the value, if it is a ratio over rounds
 * @param unit the unit of the value
 * @param bar the bar that the figure should meet, if there is one
 */
public record Row(
    String section,
    String what,
    double value,
    Optional<Interval> interval,
    String unit,
    Optional<Bar> bar) {

  /** Returns whether the value, or the better end of its interval, reaches the bar. */
  boolean isMet(Bar bar) {
    double best = interval.map(it -> bar.atLeast() ? it.to() : it.from()).orElse(value);
    return bar.isMetBy(best);
  }

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
