package dev.callflow.simulator.wire.job;

/** Runs FreeSWITCH {@code api} commands. */
@FunctionalInterface
public interface ApiRunner {

  /**
   * Runs a command; blocks until the command has finished.
   *
   * @param line the command and its arguments
   * @return the command's answer
   */
  String run(String line);
}
