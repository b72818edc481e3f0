package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class FolderImportTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final AccountId OTHER = new AccountId("other");
  private static final DocumentType CONFERENCE = DocumentType.CONFERENCE;

  @TempDir private Path folder;
  private JdbcStore store;

  @BeforeEach
  void createAFolderAndAnEmptyStore() throws IOException {
    write("system.json", "{\"conferences\": {\"a\": 1}}");
    write(
        "accounts/acme/account.json",
        """
        {"realm": "Acme.example.com", "preflow": {"always": "p"}, "config": {"conferences": {}}}
        """);
    write("accounts/acme/callflows/f.json", "{\"numbers\": [\"2000\"], \"flow\": {}}");
    write("accounts/acme/conferences/c.json", "{\"conference_numbers\": [\"1\"]}");
    write("accounts/acme/media/m.json", "{}");
    store =
        JdbcStore.open(
            StoreOptions.of("jdbc:h2:mem:" + UUID.randomUUID()).deadline(Eventually.LIMIT),
            TimeSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everythingIsImportedIntoAnEmptyStore() {
    assertThat(importFolder()).isEqualTo(new ImportResult(1, 3, List.of()));
    assertThat(store.account(ACME))
        .contains(
            new Account(
                ACME,
                Optional.of("Acme.example.com"),
                Optional.of("p"),
                json("{\"conferences\": {}}")));
    assertThat(store.systemConfig()).isEqualTo(json("{\"conferences\": {\"a\": 1}}"));
    assertThat(store.find(ACME, DocumentType.CALLFLOW, "f")).isPresent();
    assertThat(store.find(ACME, CONFERENCE, "c")).isPresent();
    assertThat(store.find(ACME, DocumentType.MEDIA, "m")).isPresent();
  }

  @Test
  void anAccountIsImportedWithAllItsKeys() throws IOException {
    String body = "{\"name\": \"Acme\", \"timezone\": \"UTC\", \"pvt_api_key\": \"k\"}";
    write("accounts/acme/account.json", body);

    importFolder();
    assertThat(store.accountBody(ACME)).contains(json(body));
  }

  @Test
  void existingDocumentsAreNotChanged() throws IOException {
    importFolder();
    store.replace(ACME, CONFERENCE, "c", json("{\"name\": \"Changed\"}"), revision(store));
    store.account(ACME, json("{\"realm\": \"new.example.com\"}"));
    write("accounts/acme/conferences/d.json", "{}");

    assertThat(importFolder()).isEqualTo(new ImportResult(0, 1, List.of()));
    assertThat(store.find(ACME, CONFERENCE, "c").orElseThrow().body())
        .isEqualTo(json("{\"name\": \"Changed\"}"));
    assertThat(store.accountByRealm("new.example.com")).contains(ACME);
    assertThat(store.find(ACME, CONFERENCE, "d")).isPresent();
  }

  @Test
  void theSystemConfigurationOfTheFolderReplacesTheStoredOne() throws IOException {
    importFolder();
    write("system.json", "{\"b\": 2}");
    importFolder();
    assertThat(store.systemConfig()).isEqualTo(json("{\"b\": 2}"));
    Files.delete(folder.resolve("system.json"));
    importFolder();
    assertThat(store.systemConfig()).isEqualTo(json("{\"b\": 2}"));
  }

  @Test
  void documentsThatCannotBeImportedAreReported() throws IOException {
    store.account(OTHER, json("{\"realm\": \"acme.example.com\"}"));
    store.create(ACME, CONFERENCE, "x", json("{\"conference_numbers\": [\"1\"]}"));
    String longId = "x".repeat(256);
    write("accounts/acme/conferences/long.json", "{\"id\": \"" + longId + "\"}");

    ImportResult result = importFolder();
    assertThat(result.accounts()).isZero();
    assertThat(result.documents()).isEqualTo(2);
    assertThat(result.problems())
        .containsExactly(
            "account acme: not imported, because another account has the realm Acme.example.com",
            folder.resolve("accounts/acme/conferences/c.json")
                + ": not imported, because other documents have its numbers 1",
            folder.resolve("accounts/acme/conferences/long.json")
                + ": not imported, because ids may have at most 255 characters"
                + " and no NUL or unpaired surrogates");
  }

  @Test
  void deletedDocumentsAreNotRestoredAndAreReported() {
    importFolder();
    store.remove(ACME, CONFERENCE, "c", revision(store));
    assertThat(importFolder())
        .isEqualTo(
            new ImportResult(
                0,
                0,
                List.of(
                    folder.resolve("accounts/acme/conferences/c.json")
                        + ": not imported, because it was deleted from the database")));
    assertThat(store.find(ACME, CONFERENCE, "c")).isEmpty();
  }

  private ImportResult importFolder() {
    return store.importFolder(DataFolder.read(folder, document -> List.of(), TimeSource.system()));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }

  private static Revision revision(JdbcStore store) {
    return store.stored(ACME, CONFERENCE, "c").orElseThrow().revision();
  }
}
