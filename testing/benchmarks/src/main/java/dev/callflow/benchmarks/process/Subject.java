package dev.callflow.benchmarks.process;

import java.util.List;
import java.util.Map;

/** A program that is measured. It has its own process and performs one round after another. */
@FunctionalInterface
public interface Subject {

  /**
   * Performs a round and measures it.
   *
   * @param task the words of the task
   * @return the figures by name
   * @throws Exception if the round fails, which ends the whole run
   */
  Map<String, Double> round(List<String> task) throws Exception;
}
