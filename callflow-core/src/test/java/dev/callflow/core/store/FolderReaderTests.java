package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files are read into the store, and which problems are reported. */
class FolderReaderTests {

  private static final AccountId ACME = new AccountId("acme");

  @TempDir private Path folder;

  private final MemoryStore store = new MemoryStore();
  private final FolderProblems problems = new FolderProblems();
  private final List<String> checked = new ArrayList<>();
  private FolderReader reader;

  @BeforeEach
  void anAccount() throws IOException {
    FolderIndex index = new FolderIndex(folder);
    DocumentCheck check =
        document -> {
          checked.add(document.id());
          return List.of();
        };
    reader = new FolderReader(index, problems, check, store);
    Files.createDirectories(folder.resolve("accounts/acme/callflows"));
  }

  @Test
  void anAccountMayLackItsFile() {
    reader.read();

    assertThat(store.account(ACME)).isPresent();
  }

  @Test
  void theSystemConfigurationIsRead() throws IOException {
    Files.writeString(folder.resolve("system.json"), "{\"a\":1}");

    reader.read();

    assertThat(store.systemConfig().path("a").asInt()).isEqualTo(1);
  }

  @Test
  void mistakesInTheLimitsOfTheSystemAndOfAnAccountAreReported() throws IOException {
    Path system = folder.resolve("system.json");
    Path account = folder.resolve("accounts/acme/account.json");
    Files.writeString(system, "{\"limits\":{\"calls\":-1}}");
    Files.writeString(account, "{\"config\":{\"limits\":{\"calls\":5,\"room\":5}}}");

    reader.read();

    assertThat(problems.published())
        .extracting(it -> it.file() + " " + it.problem().pointer())
        .containsExactlyInAnyOrder(system + " /limits/calls", account + " /config/limits/room");

    Files.writeString(system, "{\"limits\":{\"calls\":10}}");
    Files.writeString(account, "{\"config\":{\"limits\":{\"calls\":5}}}");
    reader.read();

    assertThat(problems.published()).isEmpty();
  }

  @Test
  void anUnchangedFileIsReadAndCheckedOnce() throws IOException {
    callflow("x", "{}");

    reader.read();
    reader.read();

    assertThat(checked).containsExactly("x");
  }

  @Test
  void aDocumentWithAChangedIdIsFoundOnlyByItsNewId() throws IOException {
    callflow("x", "{\"id\":\"old\"}");
    reader.read();

    callflow("x", "{\"id\":\"much newer\"}");
    reader.read();

    assertThat(store.find(ACME, DocumentType.CALLFLOW, "old")).isEmpty();
    assertThat(store.find(ACME, DocumentType.CALLFLOW, "much newer")).isPresent();
  }

  @Test
  void aDocumentWhoseFileIsDeletedIsRemoved() throws IOException {
    callflow("x", "{}");
    reader.read();

    Files.delete(folder.resolve("accounts/acme/callflows/x.json"));
    reader.read();

    assertThat(store.find(ACME, DocumentType.CALLFLOW, "x")).isEmpty();
  }

  @Test
  void aFileThatBecomesInvalidIsReportedAndItsLastValidVersionStays() throws IOException {
    callflow("x", "{\"numbers\":[\"1\"]}");
    reader.read();

    callflow("x", "{\"numbers\":");
    reader.read();

    assertThat(store.find(ACME, DocumentType.CALLFLOW, "x")).isPresent();
    assertThat(reported()).singleElement().asString().contains("is not valid JSON");
  }

  @Test
  void aCorrectedFileIsNoLongerReported() throws IOException {
    callflow("x", "[]");
    reader.read();
    assertThat(reported()).containsExactly("cannot be read: not a JSON object");

    callflow("x", "{\"corrected\":true}");
    reader.read();

    assertThat(reported()).isEmpty();
  }

  @Test
  void aFileThatIsNotADocumentIsIgnored() throws IOException {
    Files.writeString(folder.resolve("accounts/acme/callflows/x.json.new"), "half a docu");

    reader.read();

    assertThat(reported()).isEmpty();
    assertThat(checked).isEmpty();
  }

  @Test
  void aSharedNumberIsReportedUntilItIsNoLongerShared() throws IOException {
    callflow("x", "{\"numbers\":[\"1\"]}");
    callflow("y", "{\"numbers\":[\"1\"]}");
    reader.read();
    assertThat(reported()).containsExactly("also belongs to callflow x");

    callflow("x", "{\"numbers\":[\"22\"]}");
    reader.read();

    assertThat(reported()).isEmpty();
  }

  private void callflow(String name, String text) throws IOException {
    Files.writeString(folder.resolve("accounts/acme/callflows/" + name + ".json"), text);
  }

  private List<String> reported() {
    return problems.published().stream().map(it -> it.problem().message()).toList();
  }
}
