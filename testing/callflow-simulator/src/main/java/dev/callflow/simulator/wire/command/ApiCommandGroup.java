package dev.callflow.simulator.wire.command;

import java.util.Map;
import java.util.function.UnaryOperator;

/** Some of the {@code api} commands. */
public interface ApiCommandGroup {

  /** What each does with its arguments and answers, by its name in lower case. */
  Map<String, UnaryOperator<String>> commands();
}
