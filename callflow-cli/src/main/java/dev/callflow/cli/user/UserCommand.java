package dev.callflow.cli.user;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./callflow user}: lets users log in to the API. */
@Command(
    name = "user",
    header = "Lets users log in to the API.",
    description = "Works on a data folder or a database, without a running host.",
    subcommands = UserPasswordCommand.class,
    mixinStandardHelpOptions = true)
public final class UserCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Creates the command; picocli injects the specification. */
  public UserCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: password");
  }
}
