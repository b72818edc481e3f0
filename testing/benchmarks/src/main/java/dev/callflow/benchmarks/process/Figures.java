package dev.callflow.benchmarks.process;

import java.util.Map;

/**
 * The figures that were measured in a round.
 *
 * @param values the figures by name
 */
public record Figures(Map<String, Double> values) {

  /** Copies the values. */
  public Figures {
    values = Map.copyOf(values);
  }

  /**
   * Returns a figure.
   *
   * @param name the name of the figure
   * @return the value
   * @throws IllegalArgumentException if the round has no such figure
   */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no figure \"" + name + "\" among " + values.keySet());
    }
    return value;
  }
}
