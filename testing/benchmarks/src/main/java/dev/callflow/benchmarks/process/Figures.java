package dev.callflow.benchmarks.process;

import java.util.Map;

/**
 * What a round has shown.
 *
 * @param values by name
 */
public record Figures(Map<String, Double> values) {

  /** Copies the values. */
  public Figures {
    values = Map.copyOf(values);
  }

  /**
   * Returns a figure.
   *
   * @param name which
   * @return the value
   * @throws IllegalArgumentException if the round has not shown it
   */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not among " + values.keySet());
    }
    return value;
  }
}
