package dev.callflow.cli.account;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./callflow account}: creates, lists and removes accounts without a running host. */
@Command(
    name = "account",
    header = "Creates, lists and removes accounts.",
    description = "Works on a data folder or a database, without a running host.",
    subcommands = {
      AccountCreateCommand.class,
      AccountListCommand.class,
      AccountRemoveCommand.class
    },
    mixinStandardHelpOptions = true)
public final class AccountCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Creates the command; picocli injects the specification. */
  public AccountCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: create, list or remove");
  }
}
