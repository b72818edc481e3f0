package dev.callflow.cli;

import dev.callflow.cli.account.AccountCommand;
import dev.callflow.cli.client.DialCommand;
import dev.callflow.cli.client.KickCommand;
import dev.callflow.cli.client.LockCommand;
import dev.callflow.cli.client.MuteCommand;
import dev.callflow.cli.client.ParticipantsCommand;
import dev.callflow.cli.client.RecordCommand;
import dev.callflow.cli.client.RoomsCommand;
import dev.callflow.cli.client.UnlockCommand;
import dev.callflow.cli.client.UnmuteCommand;
import dev.callflow.cli.client.WatchCommand;
import dev.callflow.cli.command.CommandErrors;
import dev.callflow.cli.command.Settings;
import dev.callflow.cli.demo.DemoCommand;
import dev.callflow.cli.prompts.PromptsCommand;
import dev.callflow.cli.user.UserCommand;
import dev.callflow.core.CallflowVersion;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: {@code ./callflow}. */
@Command(
    name = "callflow",
    description = "Runs JSON callflows on FreeSWITCH, with a focus on conferences.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:a call, a case or a decision is not as expected, problems were found, or the host refused",
      "2:wrong arguments, or a file, an address or a token cannot be used",
      "3:an internal error, which you should report",
      "4:the host is busy, or has not answered in time; try again"
    },
    footerHeading = "%n",
    footer = {
      "Every option can also be set by an environment variable, such as CALLFLOW_MEDIA_HOST for"
          + " --media-host, or in the file that --config names. See docs/command-line.md."
    },
    subcommands = {
      DemoCommand.class,
      HostCommand.class,
      ReplayCommand.class,
      LintCommand.class,
      SchemasCommand.class,
      SimulateCommand.class,
      AccountCommand.class,
      TokenCommand.class,
      UserCommand.class,
      PromptsCommand.class,
      RoomsCommand.class,
      ParticipantsCommand.class,
      WatchCommand.class,
      MuteCommand.class,
      UnmuteCommand.class,
      KickCommand.class,
      LockCommand.class,
      UnlockCommand.class,
      DialCommand.class,
      RecordCommand.class,
      AutoComplete.GenerateCompletion.class,
      HelpCommand.class
    })
public final class Main implements Runnable {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "A file with settings: lines such as listen=127.0.0.1:8084. Options and environment"
              + " variables take precedence.")
  private @Nullable Path config;

  @Spec private CommandSpec spec;

  /** Creates the command; picocli injects the specification. */
  public Main() {
    spec = CommandSpec.create();
  }

  /**
   * Runs the command that the arguments name, then exits.
   *
   * <p>Exit codes: 0 for success, 1 for a failure or problems found, 2 for wrong arguments and for
   * files, addresses and tokens that cannot be used, 3 for internal errors, 4 for a host that is
   * busy.
   *
   * @param arguments the command and its arguments
   */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv(), arguments).execute(arguments));
  }

  /** Returns the command line for arguments, with its settings and handlers of errors. */
  static CommandLine commandLine(Map<String, String> environment, String... arguments) {
    Settings settings = new Settings(environment, arguments);
    CommandErrors errors = new CommandErrors(settings);
    CommandLine line = new CommandLine(new Main());
    line.getCommandSpec().version("Callflow " + CallflowVersion.current());
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(settings)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }
}
