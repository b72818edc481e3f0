package dev.callflow.cli;

import java.util.Map;
import picocli.CommandLine;

/** Gives tests in other packages the command line. */
public final class CommandLines {

  private CommandLines() {}

  /** Returns the command line for arguments. */
  public static CommandLine of(Map<String, String> environment, String... arguments) {
    return Main.commandLine(environment, arguments);
  }
}
