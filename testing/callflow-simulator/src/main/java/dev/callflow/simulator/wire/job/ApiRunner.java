package dev.callflow.simulator.wire.job;

/** Runs a command of FreeSWITCH's API. */
@FunctionalInterface
public interface ApiRunner {

  /**
   * Runs a command; may wait as long as the command does.
   *
   * @param line the command and its arguments
   * @return its answer
   */
  String run(String line);
}
