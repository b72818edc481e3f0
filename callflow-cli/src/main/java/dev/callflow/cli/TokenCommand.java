package dev.callflow.cli;

import dev.callflow.api.access.ConfiguredTokens;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./callflow token}: creates a token for the API. */
@Command(
    name = "token",
    header = "Creates a token for the API.",
    description = {
      "Creates a token for the API and prints it, with an entry that contains its hash.",
      "Add the entry to the list api.tokens in the data folder's system.json, or let --add-to do"
          + " it."
    },
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account that the token grants access to.")
  private @Nullable String account;

  @Option(names = "--super-admin", description = "The token grants access to all accounts.")
  private boolean superAdmin;

  @Option(
      names = "--add-to",
      paramLabel = "DIR",
      description =
          "Adds the entry to the system.json of this data folder, and prints nothing but the token."
              + " A host with this folder notices it.")
  private @Nullable Path folder;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Optional<AccountId> access = access();
    String token = HashedTokens.newToken();
    ObjectNode entry = ConfiguredTokens.entry(token, access);
    PrintWriter out = spec.commandLine().getOut();
    if (folder == null) {
      out.println("token  " + token);
      out.println("entry  " + entry);
    } else {
      add(folder, entry);
      out.println(token);
    }
    out.flush();
    return 0;
  }

  /** Returns the account of the token; empty for all accounts. */
  private Optional<AccountId> access() {
    boolean named = spec.commandLine().getParseResult().hasMatchedOption("--account");
    if (superAdmin && !named) {
      return Optional.empty();
    }
    if (superAdmin || account == null) {
      throw new ParameterException(spec.commandLine(), "give either --account or --super-admin");
    }
    return Optional.of(new AccountId(account));
  }

  private static void add(Path folder, ObjectNode entry) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--add-to: " + folder + ": no such folder");
    }
    Path file = folder.resolve("system.json");
    ObjectNode system = Files.exists(file) ? read(file) : Json.object();
    ObjectNode api = Json.object(system, "api").orElseGet(() -> system.putObject("api"));
    if (api.path("tokens") instanceof ArrayNode tokens) {
      tokens.add(entry);
    } else {
      api.putArray("tokens").add(entry);
    }
    // The host may read the file at any time, so it is replaced as a whole.
    Path whole = Files.exists(file) ? file.toRealPath() : file;
    Path part = whole.resolveSibling("system.json.part");
    Files.writeString(part, system.toPrettyString() + "\n");
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ObjectNode read(Path file) throws IOException {
    try {
      JsonNode system = Json.read(Files.readString(file));
      JsonNode api = system.path("api");
      JsonNode tokens = api.path("tokens");
      if (system instanceof ObjectNode object
          && (api.isObject() || api.isMissingNode())
          && (tokens.isArray() || tokens.isMissingNode())) {
        return object;
      }
      throw new IllegalArgumentException(
          "--add-to: " + file + ": must be an object, in which api.tokens is a list");
    } catch (JacksonException e) {
      // The message of the exception may quote the file.
      throw new IllegalArgumentException("--add-to: " + file + ": not JSON, " + Json.where(e));
    }
  }
}
