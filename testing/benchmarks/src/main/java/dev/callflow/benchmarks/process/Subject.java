package dev.callflow.benchmarks.process;

import java.util.List;
import java.util.Map;

/** Something to be measured. Lives in a process of its own, and does one round after another. */
@FunctionalInterface
public interface Subject {

  /**
   * Does a round and measures it.
   *
   * @param task what to do
   * @return the figures, by name
   * @throws Exception if it does not work; that ends the whole run
   */
  Map<String, Double> round(List<String> task) throws Exception;
}
