package dev.callflow.cli;

import dev.callflow.api.access.ConfiguredTokens;
import dev.callflow.api.access.Expiry;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.Scope;
import dev.callflow.api.access.StoredToken;
import dev.callflow.api.access.StoredTokens;
import dev.callflow.cli.command.CommandErrors;
import dev.callflow.cli.command.StorePlace;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
          + " it. With --store, the token is kept in a database, where the API can list and revoke"
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
      names = "--scopes",
      paramLabel = "SCOPE",
      split = ",",
      description =
          "What the token may be used for: read, control, documents, admin. Default: all of them")
  private List<String> scopes = List.of();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description =
          "When the token expires, such as 2027-01-31T12:00:00Z. Default: when it is revoked")
  private @Nullable String expires;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the token, which needs --store. Default: command line")
  private @Nullable String name;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "Keeps the token in this database, and prints nothing but the token: jdbc:h2:FILE, which"
              + " no host may have open, or jdbc:postgresql://HOST/DATABASE. Give the user and"
              + " password in the URL or in the environment variables CALLFLOW_STORE_USER and"
              + " CALLFLOW_STORE_PASSWORD.")
  private @Nullable String store;

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
    Set<Scope> allowed = scopes();
    Optional<Instant> end = expires();
    if (store != null && folder != null) {
      throw new ParameterException(spec.commandLine(), "give either --store or --add-to");
    }
    if (name != null && store == null) {
      throw new ParameterException(spec.commandLine(), "--name needs --store");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (store != null) {
      out.println(kept(store, access, allowed, end));
      out.flush();
      return 0;
    }
    String token = HashedTokens.newToken();
    ObjectNode entry = ConfiguredTokens.entry(token, access, allowed, end);
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

  private Set<Scope> scopes() {
    if (scopes.isEmpty()) {
      return Scope.ALL;
    }
    Set<Scope> wanted = EnumSet.noneOf(Scope.class);
    for (String key : scopes) {
      wanted.add(
          Scope.of(key)
              .orElseThrow(() ->
                  new ParameterException(
                      spec.commandLine(),
                      "--scopes: must be read, control, documents or admin, but is " + key)));
    }
    return wanted;
  }

  private Optional<Instant> expires() {
    if (expires == null) {
      return Optional.empty();
    }
    Optional<Instant> end = Expiry.read(expires);
    if (end.filter(TimeSource.system().now()::isBefore).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--expires: must be " + Expiry.FORMAT + " in the future, but is " + expires);
    }
    return end;
  }

  private String kept(
      String url, Optional<AccountId> access, Set<Scope> allowed, Optional<Instant> end) {
    TimeSource time = TimeSource.system();
    try (JdbcStore opened =
        JdbcStore.open(StorePlace.login(StoreOptions.of(url), System.getenv()), time)) {
      if (access.filter(it -> opened.account(it).isEmpty()).isPresent()) {
        throw new IllegalArgumentException(
            "--account: the database has no account " + access.get() + "; see ./callflow account");
      }
      return new StoredTokens(opened.records(), time)
          .create(
              access,
              new StoredToken.Made(
                  name == null ? "command line" : name,
                  "command line",
                  time.now(),
                  Optional.empty()),
              allowed,
              end)
          .map(StoredTokens.Created::secret)
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "the account has " + StoredTokens.MAX_TOKENS + " tokens, which is the limit"));
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(CommandErrors.text(e), e);
    }
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
