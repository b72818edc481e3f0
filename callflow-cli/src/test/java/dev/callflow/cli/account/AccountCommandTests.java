package dev.callflow.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.CommandLines;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountCommandTests {

  @TempDir private Path folder;

  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void empty() {
    out = new StringWriter();
    err = new StringWriter();
  }

  private int run(String... arguments) {
    empty();
    return CommandLines.of(Map.of(), arguments)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private int account(String command, String store, String... more) {
    String[] place =
        store.equals("folder")
            ? new String[] {"--data", folder.toString()}
            : new String[] {"--store", "jdbc:h2:" + folder.resolve("calls")};
    return run(
        Stream.of(Stream.of("account", command), Stream.of(place), Stream.of(more))
            .flatMap(it -> it)
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "database"})
  void anAccountIsCreatedInAnEmptyStoreAndListed(String store) {
    assertThat(account("create", store, "acme", "--realm", "acme.example.com")).isZero();
    assertThat(out).hasToString("created account acme" + System.lineSeparator());
    assertThat(account("create", store, "b", "--name", "B \u001b[2J")).isZero();

    assertThat(account("list", store)).isZero();
    assertThat(out.toString().lines())
        .containsExactly("ID    NAME    REALM", "acme  acme    acme.example.com", "b     B ?[2J");
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "database"})
  void anAccountThatExistsAndARealmThatIsTakenAreRefused(String store) {
    account("create", store, "acme", "--realm", "acme.example.com");

    assertThat(account("create", store, "acme")).isEqualTo(1);
    assertThat(err).hasToString("account acme exists already" + System.lineSeparator());
    assertThat(account("create", store, "other", "--realm", "ACME.example.com")).isEqualTo(1);
    assertThat(err)
        .hasToString("another account has the realm ACME.example.com" + System.lineSeparator());
    assertThat(account("list", store)).isZero();
    assertThat(out.toString().lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "database"})
  void anAccountIsRemovedWithWhatBelongsToIt(String store) throws IOException {
    account("create", store, "acme", "--realm", "acme.example.com");
    account("create", store, "other");
    AccountId acme = new AccountId("acme");
    try (JdbcStore records = records(store)) {
      records.records().put(token(acme, "one"));
      records.records().put(token(new AccountId("other"), "two"));
    }

    assertThat(account("remove", store, "acme")).as("%s", err).isZero();
    assertThat(out).hasToString("removed account acme" + System.lineSeparator());
    account("list", store);
    assertThat(out.toString().lines()).hasSize(2).last().asString().startsWith("other");
    try (JdbcStore records = records(store)) {
      assertThat(records.records().findAnywhere(RecordKind.TOKEN, "one")).isEmpty();
      assertThat(records.records().findAnywhere(RecordKind.TOKEN, "two")).isPresent();
    }
    assertThat(account("remove", store, "acme")).isEqualTo(1);
    assertThat(err).hasToString("there is no account acme" + System.lineSeparator());
    assertThat(account("create", store, "new", "--realm", "acme.example.com")).isZero();
  }

  private JdbcStore records(String store) {
    String file = store.equals("folder") ? "records" : "calls";
    return JdbcStore.open(StoreOptions.of("jdbc:h2:" + folder.resolve(file)), TimeSource.system());
  }

  private static AccountRecord token(AccountId account, String id) {
    return new AccountRecord(
        Optional.of(account), RecordKind.TOKEN, id, "", Instant.EPOCH, Json.object());
  }

  @Test
  void theFileOfAnAccountCanBeRead() throws IOException {
    account("create", "folder", "acme", "--name", "Acme");

    assertThat(Files.readString(folder.resolve("accounts/acme/account.json")))
        .isEqualToNormalizingNewlines(
            """
            {
              "name" : "Acme"
            }
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", ".x", "a/b", "a b", ""})
  void anIdThatIsNotAFileNameIsRefused(String id) {
    for (String store : new String[] {"folder", "database"}) {
      assertThat(account("create", store, id)).isEqualTo(2);
      assertThat(err.toString()).startsWith("the id of an account must consist of");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertThat(account("create", "folder", "acme", "--realm", "a b")).isEqualTo(2);
    assertThat(err.toString()).contains("/realm: ");
    assertThat(run("account", "list")).isEqualTo(2);
    assertThat(err.toString()).contains("give either --data or --store");
    assertThat(run("account", "list", "--data", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no such folder");
    assertThat(run("account")).isEqualTo(2);
    assertThat(err.toString()).contains("missing command: create, list or remove");
  }

  @Test
  void aDatabaseThatCannotBeReachedIsReportedWithoutThePassword() {
    String url = "jdbc:postgresql://127.0.0.1:1/calls?user=me&password=s3cret";

    assertThat(run("account", "list", "--store", url)).isEqualTo(2);
    assertThat(err.toString())
        .contains("the store at jdbc:postgresql://127.0.0.1:1/calls cannot be opened: ")
        .doesNotContain("s3cret");
  }
}
