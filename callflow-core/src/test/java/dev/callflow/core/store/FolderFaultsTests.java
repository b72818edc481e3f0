package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.store.FaultyFiles.Operation;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** What a data folder contains when an operation on a file fails, or the host is killed. */
class FolderFaultsTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType ROOMS = DocumentType.CONFERENCE;

  @TempDir private Path folder;

  private final FaultyFiles files = new FaultyFiles();
  private DataFolder data;

  @BeforeEach
  void openAFolderWithOneDocument() throws IOException {
    Files.createDirectories(folder.resolve("accounts/acme"));
    data = open();
    assertThat(data.create(ACME, ROOMS, "red", named("One")))
        .isInstanceOf(WriteResult.Written.class);
    files.operations();
  }

  private DataFolder open() {
    return DataFolder.open(
        folder, document -> List.of(), TimeSource.system(), Quotas.standard(), files);
  }

  @AfterEach
  void close() {
    data.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"CREATE_FOLDER", "WRITE", "RENAME"})
  void anAccountThatCannotBeWrittenDoesNotExist(Operation failing) {
    AccountId other = new AccountId("other");
    files.fail(failing);

    assertThatThrownBy(() -> data.createAccount(other, named("Other")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("account other cannot be written");
    assertThat(data.account(other)).isEmpty();
    files.recover();
    assertThat(data.createAccount(other, named("Other")))
        .isEqualTo(new EditableAccounts.Result.Written());
    assertThat(data.accountBody(other)).contains(named("Other"));
  }

  @Test
  void anAccountThatCannotBeReplacedStays() {
    data.createAccount(new AccountId("other"), named("One"));
    files.fail(Operation.WRITE);

    assertThatThrownBy(
            () -> data.replaceAccount(new AccountId("other"), named("One"), named("Two")))
        .isInstanceOf(StoreUnavailableException.class);
    files.recover();
    try (DataFolder again = open()) {
      assertThat(again.accountBody(new AccountId("other"))).contains(named("One"));
    }
  }

  @Test
  void anAccountThatCannotBeRemovedStaysWhole() {
    data.createAccount(new AccountId("other"), named("One"));
    data.create(new AccountId("other"), ROOMS, "blue", named("Blue"));
    files.fail(Operation.RENAME);

    assertThatThrownBy(() -> data.removeAccount(new AccountId("other"), named("One")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("account other cannot be deleted");
    files.recover();
    try (DataFolder again = open()) {
      assertThat(again.accountBody(new AccountId("other"))).contains(named("One"));
      assertThat(again.find(new AccountId("other"), ROOMS, "blue")).isPresent();
    }
  }

  @Test
  void anAccountWhoseFilesCannotBeDeletedIsGoneAndItsFilesAreDeletedLater() throws IOException {
    AccountId other = new AccountId("other");
    data.createAccount(other, named("One"));
    data.create(other, ROOMS, "blue", named("Blue"));
    files.fail(Operation.DELETE);

    assertThat(data.removeAccount(other, named("One")))
        .isEqualTo(new EditableAccounts.Result.Written());
    assertThat(data.accounts()).containsExactly(ACME);
    assertThat(folder.resolve("accounts/.removed-other/conferences/blue.json")).exists();
    files.recover();
    try (DataFolder again = open()) {
      assertThat(again.accounts()).containsExactly(ACME);
    }
    assertThat(folder.resolve("accounts")).isDirectoryNotContaining("glob:**other*");
  }

  @Test
  void aLinkInTheFolderOfARemovedAccountIsNotFollowed() throws IOException {
    AccountId other = new AccountId("other");
    data.createAccount(other, named("One"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("kept.txt"), "kept");
    Files.createSymbolicLink(folder.resolve("accounts/other/media"), outside);

    data.removeAccount(other, named("One"));
    assertThat(folder.resolve("accounts/other")).doesNotExist();
    assertThat(outside.resolve("kept.txt")).exists();
  }

  @Test
  void theFileAndItsFolderAreSyncedBeforeAChangeIsAcknowledged() {
    replace("Two");

    assertThat(files.operations())
        .containsExactly("WRITE red.json.new", "RENAME red.json", "SYNC conferences");
  }

  @Test
  void aNewFolderIsSyncedToo() {
    data.create(ACME, DocumentType.MEDIA, "m", named("One"));

    assertThat(files.operations())
        .containsExactly(
            "CREATE_FOLDER media", "SYNC acme", "WRITE m.json.new", "RENAME m.json", "SYNC media");
  }

  @Test
  void aDeletionIsSynced() {
    data.remove(ACME, ROOMS, "red", stored().revision());

    assertThat(files.operations()).containsExactly("DELETE red.json", "SYNC conferences");
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITE", "RENAME"})
  void afterAFailureTheOldDocumentIsReadAndNoIncompleteFileIsLeft(Operation failing)
      throws IOException {
    StoredDocument before = stored();
    files.fail(failing);

    assertThatThrownBy(() -> replace("Two")).isInstanceOf(StoreUnavailableException.class);

    assertThat(stored()).isEqualTo(before);
    assertThat(names("conferences")).containsExactly("red.json");
    assertThat(folder.resolve("accounts/acme/conferences/red.json")).content().contains("One");
    files.recover();
    assertThat(replace("Two")).isInstanceOf(WriteResult.Written.class);
    assertThat(name()).isEqualTo("Two");
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITE", "RENAME", "CREATE_FOLDER", "SYNC"})
  void aNewDocumentThatCannotBeWrittenIsNotAcknowledged(Operation failing) throws IOException {
    files.fail(failing);
    assertThatThrownBy(() -> data.create(ACME, DocumentType.MEDIA, "m", named("One")))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(data.find(ACME, DocumentType.MEDIA, "m")).isEmpty();
    assertThat(names("media")).isEmpty();
    files.recover();
    assertThat(data.create(ACME, DocumentType.MEDIA, "m", named("One")))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(files.operations()).contains("SYNC media");
  }

  @Test
  void aChangeWhoseFolderCannotBeSyncedIsNotAcknowledgedAndIsReadLater() {
    files.fail(Operation.SYNC);
    assertThatThrownBy(() -> replace("Two")).isInstanceOf(StoreUnavailableException.class);

    files.recover();
    assertThat(replace("Three")).isInstanceOf(WriteResult.Conflict.class);
    assertThat(name()).isEqualTo("Two");
  }

  @Test
  void anIncompleteFileThatCannotBeDeletedIsDeletedWithTheNextChange() throws IOException {
    files.fail(Operation.WRITE, Operation.DELETE);
    assertThatThrownBy(() -> replace("Two")).isInstanceOf(StoreUnavailableException.class);
    assertThat(names("conferences")).contains("red.json.new");

    files.recover();
    data.create(ACME, DocumentType.MEDIA, "m", named("One"));
    assertThat(names("conferences")).containsExactly("red.json");
  }

  @Test
  void aDocumentThatCannotBeDeletedStays() {
    files.fail(Operation.DELETE);
    assertThatThrownBy(() -> data.remove(ACME, ROOMS, "red", stored().revision()))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(name()).isEqualTo("One");
  }

  @Test
  void incompleteFilesOfAKilledHostAreDeletedAndNeverRead() throws IOException {
    Path incomplete = folder.resolve("accounts/acme/conferences/blue.json.new");
    Files.writeString(incomplete, "{\"id\":\"blue\",\"name\":\"Bl");
    DataFolder reader = DataFolder.read(folder, document -> List.of(), TimeSource.system());
    assertThat(reader.all(ACME, ROOMS)).extracting(Document::id).containsExactly("red");
    assertThat(reader.problems()).isEmpty();

    try (DataFolder reopened = open()) {
      assertThat(reopened.all(ACME, ROOMS)).extracting(Document::id).containsExactly("red");
      assertThat(names("conferences")).containsExactly("red.json");
    }
  }

  @Test
  void documentsStayWhileTheFolderIsAway() throws IOException {
    Files.move(folder.resolve("accounts"), folder.resolve("elsewhere"));
    assertThatThrownBy(() -> replace("Two")).isInstanceOf(StoreUnavailableException.class);
    assertThat(name()).isEqualTo("One");

    Files.move(folder.resolve("elsewhere"), folder.resolve("accounts"));
    assertThat(replace("Two")).isInstanceOf(WriteResult.Written.class);
  }

  private WriteResult replace(String name) {
    return data.replace(ACME, ROOMS, "red", named(name), stored().revision());
  }

  private StoredDocument stored() {
    return data.stored(ACME, ROOMS, "red").orElseThrow();
  }

  private String name() {
    return stored().document().body().path("name").asString();
  }

  private List<String> names(String collection) throws IOException {
    Path of = folder.resolve("accounts/acme").resolve(collection);
    if (Files.notExists(of)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(of)) {
      return found.map(it -> it.getFileName().toString()).toList();
    }
  }

  private static ObjectNode named(String name) {
    return Json.object().put("name", name);
  }
}
