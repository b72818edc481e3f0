package dev.callflow.cli.account;

import dev.callflow.cli.command.StorePlace;
import dev.callflow.conference.schema.AccountSchema;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.Violation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./callflow account create}. */
@Command(
    name = "create",
    header = "Creates an account in a data folder or a database.",
    description = {
      "Creates the tables of an empty database, so that a host needs no folder.",
      "A host that is running with the folder or the PostgreSQL database notices the account."
    },
    mixinStandardHelpOptions = true)
final class AccountCreateCommand implements Callable<Integer> {

  private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  @Parameters(
      paramLabel = "ID",
      description = "The id of the account: up to 128 letters, digits, '.', '_' and '-'.")
  private String id = "";

  @Option(names = "--name", paramLabel = "NAME", description = "The name. Default: the id")
  private @Nullable String name;

  @Option(
      names = "--realm",
      paramLabel = "DOMAIN",
      description = "The SIP domain whose calls belong to the account. Default: none")
  private @Nullable String realm;

  @Mixin private StorePlace place = new StorePlace();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!id.matches(ID)) {
      throw new IllegalArgumentException(
          "the id of an account must consist of up to 128 letters, digits, '.', '_' and '-', and"
              + " begin with a letter or digit, but is "
              + id);
    }
    ObjectNode body = body();
    try (StorePlace.Opened opened = place.open(System.getenv())) {
      return report(opened.store().createAccount(new AccountId(id), body));
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private ObjectNode body() {
    ObjectNode body = Json.object().put("name", name == null ? id : name);
    if (realm != null) {
      body.put("realm", realm);
    }
    List<Violation> violations = AccountSchema.violations(body);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(
          violations.stream().map(it -> it.problem().toString()).collect(Collectors.joining("; ")));
    }
    return body;
  }

  private int report(EditableAccounts.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    return switch (result) {
      case EditableAccounts.Result.Written written -> {
        out.println("created account " + id);
        out.flush();
        yield 0;
      }
      case EditableAccounts.Result.RealmTaken(String taken) ->
          refuse("another account has the realm " + taken);
      case EditableAccounts.Result.Exists exists -> refuse("account " + id + " exists already");
      case EditableAccounts.Result.Missing missing ->
          throw new IllegalStateException(missing.toString());
      case EditableAccounts.Result.Changed changed ->
          throw new IllegalStateException(changed.toString());
    };
  }

  private int refuse(String reason) {
    spec.commandLine().getErr().println(reason);
    spec.commandLine().getErr().flush();
    return 1;
  }
}
