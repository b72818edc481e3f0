package dev.callflow.cli.user;

import dev.callflow.api.access.StoredTokens;
import dev.callflow.api.credential.Credentials;
import dev.callflow.cli.command.CommandErrors;
import dev.callflow.cli.command.StorePlace;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./callflow user password}. */
@Command(
    name = "password",
    header = "Sets the password with which a user logs in to the API.",
    description = {
      "Keeps slow hashes of the password only, and ends the user's logins.",
      "With --data, no host may be running with the folder: set the password over its API instead."
    },
    mixinStandardHelpOptions = true)
final class UserPasswordCommand implements Callable<Integer> {

  private static final int MIN_LENGTH = 8;
  private static final int MAX_LENGTH = 256;

  @Parameters(paramLabel = "ID", description = "The id of the user, whose document has a username.")
  private String id = "";

  @Option(
      names = "--account",
      paramLabel = "ID",
      required = true,
      description = "The account of the user.")
  private String account = "";

  @Mixin private StorePlace place = new StorePlace();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      required = true,
      description = "The file whose first line is the password, of 8 to 256 characters.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    String password = password();
    TimeSource time = TimeSource.system();
    AccountId owner = new AccountId(account);
    try (StorePlace.WithRecords opened = place.openWithRecords(System.getenv())) {
      String username = username(opened.store(), owner);
      if (!new Credentials(opened.records(), time).setPassword(owner, id, username, password)) {
        throw new IllegalStateException("the password could not be hashed");
      }
      new StoredTokens(opened.records(), time).revokeLogins(owner, id);
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(CommandErrors.text(e), e);
    }
    spec.commandLine().getOut().println("set the password of user " + id);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String username(EditableStore opened, AccountId owner) {
    Document user =
        opened
            .find(owner, DocumentType.USER, id)
            .orElseThrow(
                () -> new IllegalArgumentException("account " + account + " has no user " + id));
    return Json.text(user.body(), "username")
        .filter(name -> name.indexOf(':') < 0)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "user " + id + " must have a \"username\" without a colon"));
  }

  private String password() {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String first = lines.readLine();
      if (first == null || first.length() < MIN_LENGTH || first.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "--password-file: the first line must have 8 to 256 characters");
      }
      return first;
    } catch (IOException e) {
      throw new IllegalArgumentException("--password-file: " + CommandErrors.text(e), e);
    }
  }
}
