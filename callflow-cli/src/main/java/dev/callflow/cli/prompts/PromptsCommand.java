package dev.callflow.cli.prompts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./callflow prompts}: the prompts that FreeSWITCH's sound packages lack. */
@Command(
    name = "prompts",
    header = "Installs prompts that FreeSWITCH lacks.",
    mixinStandardHelpOptions = true,
    subcommands = InstallPrompts.class)
public final class PromptsCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Creates the command; picocli injects the specification. */
  public PromptsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: install");
  }
}
