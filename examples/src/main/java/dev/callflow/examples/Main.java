package dev.callflow.examples;

import dev.callflow.examples.command.CommandErrors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code ./callflow}. */
@Command(
    name = "callflow",
    description = "Runs JSON callflows on FreeSWITCH, with a focus on conferences.",
    mixinStandardHelpOptions = true,
    version = "Callflow 0.1.0",
    subcommands = {
      DemoCommand.class,
      HostCommand.class,
      ReplayCommand.class,
      LintCommand.class,
      SimulateCommand.class,
      TokenCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /** Creates the command; picocli injects the specification. */
  Main() {
    spec = CommandSpec.create();
  }

  /**
   * Runs the command that the arguments name, then exits.
   *
   * <p>Exit codes: 0 for success, 1 for a failure or problems found, 2 for invalid arguments or
   * files.
   *
   * @param arguments the command and its arguments
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Returns the command line, with its handlers of errors. */
  static CommandLine commandLine() {
    CommandErrors errors = new CommandErrors();
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }
}
