package dev.callflow.cli.account;

import dev.callflow.cli.client.Table;
import dev.callflow.cli.command.StorePlace;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./callflow account list}. */
@Command(
    name = "list",
    header = "Lists the accounts of a data folder or a database.",
    mixinStandardHelpOptions = true)
final class AccountListCommand implements Callable<Integer> {

  @Mixin private StorePlace place = new StorePlace();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Table table = new Table("ID", "NAME", "REALM");
    try (StorePlace.Opened opened = place.open(System.getenv())) {
      EditableStore store = opened.store();
      store.accounts().stream()
          .map(AccountId::value)
          .sorted()
          .forEach(id -> {
            ObjectNode body = store.accountBody(new AccountId(id)).orElseGet(Json::object);
            table.row(id, Json.text(body, "name").orElse(""), Json.text(body, "realm").orElse(""));
          });
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    table.lines().forEach(out::println);
    out.flush();
    return 0;
  }
}
