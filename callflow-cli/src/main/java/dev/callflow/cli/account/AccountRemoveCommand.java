package dev.callflow.cli.account;

import dev.callflow.cli.command.StorePlace;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.StoreUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./callflow account remove}. */
@Command(
    name = "remove",
    header = "Removes an account from a data folder or a database.",
    description = {
      "Removes its documents, history, audit, tokens and passwords as well. This cannot be undone.",
      "Does not see the calls of a host that is running: use the API of that host instead. With"
          + " --data, no host may be running with the folder."
    },
    mixinStandardHelpOptions = true)
final class AccountRemoveCommand implements Callable<Integer> {

  private static final int MAX_ATTEMPTS = 10;

  @Parameters(paramLabel = "ID", description = "The id of the account.")
  private String id = "";

  @Mixin private StorePlace place = new StorePlace();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (StorePlace.WithRecords opened = place.openWithRecords(System.getenv())) {
      AccountId account = new AccountId(id);
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        Optional<ObjectNode> before = opened.store().accountBody(account);
        if (before.isEmpty()) {
          return refuse("there is no account " + id);
        }
        // First, because a failure then leaves an account whose removal can be repeated.
        opened.records().removeAll(account);
        EditableAccounts.Result result = opened.store().removeAccount(account, before.get());
        if (result instanceof EditableAccounts.Result.Written) {
          PrintWriter out = spec.commandLine().getOut();
          out.println("removed account " + id);
          out.flush();
          return 0;
        }
      }
      return refuse("account " + id + " is being changed by others");
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private int refuse(String reason) {
    spec.commandLine().getErr().println(reason);
    spec.commandLine().getErr().flush();
    return 1;
  }
}
