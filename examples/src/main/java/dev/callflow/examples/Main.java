package dev.callflow.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code ./callflow}. */
@Command(
    name = "callflow",
    description = "Runs JSON callflows on FreeSWITCH, conferences above all.",
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

  /** For picocli. */
  Main() {
    spec = CommandSpec.create();
  }

  /**
   * Runs the command that the arguments name and ends the process.
   *
   * <p>Exit codes: 0 done, 1 something failed or was found wrong, 2 the arguments or a file are not
   * what they must be.
   *
   * @param arguments the command and what goes with it
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
