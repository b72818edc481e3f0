package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.CallflowLookup;
import dev.callflow.core.document.CallflowParser;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class DataFolderTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentCheck PARSES =
      document -> CallflowParser.parse(document.id(), document.body()).problems();

  @TempDir private Path folder;

  @BeforeEach
  void anAccountWithOneCallflow() throws IOException {
    write("accounts/acme/account.json", "{\"realm\":\"ACME.example.com\",\"config\":{\"a\":1}}");
    write("accounts/acme/callflows/x.json", "{\"id\":\"x\",\"numbers\":[\"1\"],\"flow\":{}}");
  }

  @Test
  void documentsAreFoundByIdAndAccountsByRealm() {
    DataFolder data = read();
    assertThat(data.find(ACME, DocumentType.CALLFLOW, "x")).isPresent();
    assertThat(data.find(ACME, DocumentType.CONFERENCE, "x")).isEmpty();
    assertThat(data.accountByRealm("acme.EXAMPLE.com")).contains(ACME);
    assertThat(data.problems()).isEmpty();
  }

  @Test
  void aDocumentWithoutAnIdIsNamedAfterItsFile() throws IOException {
    write("accounts/acme/conferences/staff.json", "{\"name\":\"Staff\"}");
    assertThat(read().find(ACME, DocumentType.CONFERENCE, "staff")).isPresent();
  }

  @Test
  void aBrokenFileIsReportedWithItsLineAndTheOthersAreRead() throws IOException {
    write("accounts/acme/callflows/broken.json", "{\n  \"numbers\": [,]\n}");
    DataFolder data = read();
    assertThat(data.find(ACME, DocumentType.CALLFLOW, "x")).isPresent();
    assertThat(data.problems().toString()).contains("broken.json", "line 2").doesNotContain("[,]");
  }

  @Test
  void theProblemDoesNotContainTheInvalidJson() throws IOException {
    write("accounts/acme/conferences/c.json", "{\"member\":{\"pins\":[\"482913\" 775201");
    assertThat(read().problems().toString())
        .contains("is not valid JSON")
        .doesNotContain("482913", "775201");
  }

  @Test
  void twoCallflowsWithTheSameNumberAreReported() throws IOException {
    write("accounts/acme/callflows/y.json", "{\"id\":\"y\",\"numbers\":[\"2\",\"1\"],\"flow\":{}}");
    assertThat(read().problems())
        .extracting(problem -> problem.problem().toString())
        .containsExactly("/numbers/1: also belongs to callflow x");
  }

  @Test
  void problemsOfADocumentAreReportedWithPointers() throws IOException {
    write(
        "accounts/acme/callflows/z.json",
        "{\"numbers\":[3],\"patterns\":[\"((\"],\"flow\":{\"children\":{\"_\":7}}}");
    assertThat(read().problems())
        .extracting(problem -> problem.problem().pointer().toString())
        .containsExactly("/numbers/0", "/patterns/0", "/flow/children/_", "/flow");
  }

  @Test
  void aCreatedAccountIsInItsFile() throws IOException {
    DataFolder data = read();
    AccountId other = new AccountId("other");

    assertThat(data.createAccount(other, Json.readObject("{\"realm\":\"o.example.com\",\"x\":1}")))
        .isEqualTo(new EditableAccounts.Result.Written());
    assertThat(data.accountByRealm("o.example.com")).contains(other);
    data.create(other, DocumentType.CONFERENCE, "c", Json.object());
    assertThat(read().accountBody(other))
        .contains(Json.readObject("{\"realm\":\"o.example.com\",\"x\":1}"));
    assertThat(read().find(other, DocumentType.CONFERENCE, "c")).isPresent();
    assertThatThrownBy(() -> data.createAccount(new AccountId("../x"), Json.object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChangeOfAnAccountSeesWhatWasEditedInItsFile() throws IOException {
    DataFolder data = read();
    ObjectNode before = data.accountBody(ACME).orElseThrow();
    write("accounts/acme/account.json", "{\"realm\":\"edited.example.com\"}");

    assertThat(data.replaceAccount(ACME, before, Json.object()))
        .isEqualTo(new EditableAccounts.Result.Changed());
    assertThat(data.replaceAccount(ACME, data.accountBody(ACME).orElseThrow(), Json.object()))
        .isEqualTo(new EditableAccounts.Result.Written());
    assertThat(read().accountBody(ACME)).contains(Json.object());
    assertThat(read().find(ACME, DocumentType.CALLFLOW, "x")).isPresent();
  }

  @Test
  void changesTakeEffectAndABrokenChangeKeepsTheLastValidVersion() throws Exception {
    try (DataFolder data = DataFolder.open(folder, PARSES, TimeSource.system())) {
      CountDownLatch changed = new CountDownLatch(1);
      data.onChange(account -> changed.countDown());
      write("accounts/acme/callflows/x.json", "{\"id\":\"x\",\"numbers\":[\"77\"],\"flow\":{}}");
      Eventually.reached("a change in the folder", changed);
      CallflowLookup lookup = new CallflowLookup(data);
      Account account = data.account(ACME).orElseThrow();
      assertThat(lookup.byNumber(account, "77", false)).isPresent();
      write("accounts/acme/callflows/x.json", "{\"id\"");
      Eventually.passes(() -> assertThat(data.problems()).hasSize(1));
      assertThat(lookup.byNumber(account, "77", false)).isPresent();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sun.jnu.encoding", matches = "UTF-8")
  void fileNamesInAnyScriptBecomeIds() throws IOException {
    write("accounts/acme/callflows/größe-会议.json", "{\"numbers\":[\"8\"],\"flow\":{}}");

    DataFolder data = read();

    assertThat(data.problems()).isEmpty();
    assertThat(data.find(ACME, DocumentType.CALLFLOW, "größe-会议")).isPresent();
  }

  @Test
  @EnabledIfSystemProperty(named = "sun.jnu.encoding", matches = "UTF-8")
  void aFileNameThatTheLocaleCannotDecodeIsReported() throws IOException {
    write("accounts/acme/callflows/gr\ufffde.json", "{\"numbers\":[\"8\"],\"flow\":{}}");

    assertThat(read().problems())
        .singleElement()
        .asString()
        .contains("cannot be decoded in the locale of this JVM", "C.UTF-8");
  }

  @Test
  void aFolderWithoutAccountsIsNotADataFolder() {
    assertThatThrownBy(
            () -> DataFolder.read(folder.resolve("accounts"), PARSES, TimeSource.system()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not a data folder, because it has no subfolder accounts: "
                + folder.resolve("accounts"));
  }

  @Test
  void aFolderThatDoesNotExistIsNotADataFolder() {
    assertThatThrownBy(
            () -> DataFolder.read(folder.resolve("missing"), PARSES, TimeSource.system()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a data folder, because it does not exist: " + folder.resolve("missing"));
  }

  private DataFolder read() {
    return DataFolder.read(folder, PARSES, TimeSource.system());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(text.hashCode())));
  }

  @Test
  void listsAreOrderedById() throws IOException {
    write("accounts/acme/media/b.json", "{}");
    write("accounts/acme/media/a.json", "{}");
    List<Document> media = read().all(ACME, DocumentType.MEDIA);
    assertThat(media).extracting(Document::id).containsExactly("a", "b");
  }

  @Test
  void aFileThatIsNestedTooDeeplyIsReported() throws IOException {
    write("accounts/acme/conferences/c.json", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));
    assertThat(read().problems().toString()).contains("is not valid JSON: nested too deeply");
  }

  // ---- changes

  private WriteResult.Written written(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return (WriteResult.Written) result;
  }

  @Test
  void aNewDocumentIsStoredInAFileForTheNextReader() {
    DataFolder data = read();
    written(data.create(ACME, DocumentType.CONFERENCE, "c1", Json.object().put("name", "One")));
    assertThat(folder.resolve("accounts/acme/conferences/c1.json")).exists();
    assertThat(read().find(ACME, DocumentType.CONFERENCE, "c1").orElseThrow().body().path("name"))
        .hasToString("\"One\"");
  }

  @Test
  void aDocumentIsReplacedInTheFileItCameFrom() throws IOException {
    write("accounts/acme/conferences/staff.json", "{\"id\":\"c1\",\"name\":\"Staff\"}");
    DataFolder data = read();
    Revision revision = data.stored(ACME, DocumentType.CONFERENCE, "c1").orElseThrow().revision();
    written(
        data.replace(
            ACME, DocumentType.CONFERENCE, "c1", Json.object().put("name", "New"), revision));
    assertThat(folder.resolve("accounts/acme/conferences/c1.json")).doesNotExist();
    assertThat(Files.readString(folder.resolve("accounts/acme/conferences/staff.json")))
        .contains("\"New\"", "\"c1\"");
  }

  @Test
  void theSchemaThatADocumentNamesForEditorsIsKept() throws IOException {
    write(
        "accounts/acme/callflows/x.json",
        "{\"$schema\":\"../../../schemas/callflow.json\",\"id\":\"x\",\"flow\":{}}");
    DataFolder data = read();
    StoredDocument stored = data.stored(ACME, DocumentType.CALLFLOW, "x").orElseThrow();
    written(
        data.replace(
            ACME,
            DocumentType.CALLFLOW,
            "x",
            stored.document().body().deepCopy().put("name", "X"),
            stored.revision()));
    assertThat(Files.readString(folder.resolve("accounts/acme/callflows/x.json")))
        .contains("../../../schemas/callflow.json", "\"X\"");
  }

  @Test
  void aDocumentWhoseFileWasEditedMeanwhileIsNotOverwritten() throws IOException {
    DataFolder data = read();
    Revision revision = data.stored(ACME, DocumentType.CALLFLOW, "x").orElseThrow().revision();
    write("accounts/acme/callflows/x.json", "{\"id\":\"x\",\"numbers\":[\"22\"],\"flow\":{}}");
    assertThat(data.replace(ACME, DocumentType.CALLFLOW, "x", Json.object(), revision))
        .isInstanceOf(WriteResult.Conflict.class);
    assertThat(Files.readString(folder.resolve("accounts/acme/callflows/x.json"))).contains("22");
  }

  @Test
  void aWrittenChangeIsNotMistakenForAnEditOfTheFile() {
    DataFolder data = read();
    Revision first =
        written(data.create(ACME, DocumentType.USER, "u", Json.object())).stored().revision();
    Revision second =
        written(data.replace(ACME, DocumentType.USER, "u", Json.object().put("a", 1), first))
            .stored()
            .revision();
    assertThat(second.number()).isEqualTo(first.number() + 1);
    written(data.remove(ACME, DocumentType.USER, "u", second));
    assertThat(folder.resolve("accounts/acme/users/u.json")).doesNotExist();
  }

  @Test
  void anIdThatLeadsOutOfTheFolderIsRefused() {
    DataFolder data = read();
    for (String id : List.of("../x", "a/b", "..", "", "a\0b")) {
      assertThatThrownBy(() -> data.create(ACME, DocumentType.USER, id, Json.object()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> data.create(new AccountId("../acme"), DocumentType.USER, "u", Json.object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFailedWriteChangesNothing() throws IOException {
    DataFolder data = read();
    // A file where the folder should be.
    write("accounts/acme/media", "");
    assertThatThrownBy(() -> data.create(ACME, DocumentType.MEDIA, "m", Json.object()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(data.find(ACME, DocumentType.MEDIA, "m")).isEmpty();
  }
}
