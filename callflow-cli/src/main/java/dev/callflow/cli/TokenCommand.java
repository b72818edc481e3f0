package dev.callflow.cli;

import dev.callflow.api.access.ConfiguredTokens;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.core.document.AccountId;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./callflow token}: creates a token for the API. */
@Command(
    name = "token",
    header = "Creates a token for the API.",
    description = {
      "Creates a token for the API and prints it, with an entry that contains its hash.",
      "Add the entry to the list api.tokens in the data folder's system.json."
    },
    mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

  private static final class Scope {

    @Option(
        names = "--account",
        paramLabel = "ID",
        description = "The account that the token grants access to.")
    private @Nullable String account;

    @Option(names = "--super-admin", description = "The token grants access to all accounts.")
    private boolean superAdmin;
  }

  @ArgGroup(multiplicity = "1")
  private Scope scope = new Scope();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    String token = HashedTokens.newToken();
    PrintWriter out = spec.commandLine().getOut();
    out.println("token  " + token);
    out.println(
        "entry  "
            + ConfiguredTokens.entry(
                token, Optional.ofNullable(scope.account).map(AccountId::new)));
    out.flush();
  }
}
