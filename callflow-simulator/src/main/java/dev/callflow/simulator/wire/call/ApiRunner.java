package dev.callflow.simulator.wire.call;

/** Runs {@code api} commands. */
@FunctionalInterface
public interface ApiRunner {

  /** Runs a command and returns what FreeSWITCH answers; blocks as long as the command does. */
  String run(String line);
}
