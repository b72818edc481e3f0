package dev.callflow.examples;

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

/** {@code ./callflow token}: makes a token for the API. */
@Command(
    name = "token",
    description = {
      "Makes a token for the API, and the entry by which the host knows it:",
      "put that into the list api.tokens of the data folder's system.json."
    },
    mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

  private static final class For {

    @Option(names = "--account", paramLabel = "ID", description = "The account that it is for.")
    private @Nullable String account;

    @Option(names = "--super-admin", description = "It is for every account.")
    private boolean superAdmin;
  }

  @ArgGroup(multiplicity = "1")
  private For whom = new For();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    String token = HashedTokens.newToken();
    PrintWriter out = spec.commandLine().getOut();
    out.println("token  " + token);
    out.println(
        "entry  "
            + ConfiguredTokens.entry(token, Optional.ofNullable(whom.account).map(AccountId::new)));
    out.flush();
  }
}
