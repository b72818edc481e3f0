package dev.callflow.simulator.wire.command;

import java.util.Map;
import java.util.function.UnaryOperator;

/** A group of {@code api} commands. */
public interface ApiCommandGroup {

  /**
   * Returns the commands by their lower-case names. Each command receives its arguments and returns
   * its answer.
   */
  Map<String, UnaryOperator<String>> commands();
}
