package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.store.FolderIndex.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file a document is written to, and what the index and the problems record. */
class FolderWriterTests {

  private static final Place CALLFLOWS = new Place(new AccountId("acme"), DocumentType.CALLFLOW);

  @TempDir private Path folder;

  private final FolderProblems problems = new FolderProblems();
  private FolderIndex index;
  private FolderWriter writer;

  @BeforeEach
  void anEmptyFolder() throws IOException {
    index = new FolderIndex(folder);
    writer =
        new FolderWriter(
            index,
            problems,
            document -> List.of(Problem.at("/name", "is wrong")),
            new FolderFiles());
    Files.createDirectories(folder.resolve("accounts/acme"));
  }

  @Test
  void aNewDocumentIsWrittenWithItsIdToAFileNamedAfterIt() throws IOException {
    writer.write(CALLFLOWS, stored("x", "{\"name\":\"Front\"}"));

    Path file = folder.resolve("accounts/acme/callflows/x.json");
    assertThat(Json.read(Files.readString(file)))
        .isEqualTo(
            Json.read(
                "{\"name\":\"Front\",\"id\":\"x\",\"_rev\":\"%s\"}"
                    .formatted(stored("x", "{\"name\":\"Front\"}").revision())));
    assertThat(folder.resolve("accounts/acme/callflows")).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aDocumentIsWrittenToTheFileItWasReadFrom() throws IOException {
    Path file = folder.resolve("accounts/acme/callflows/front-door.json");
    index.recordDocument(file, new FolderIndex.Entry(CALLFLOWS, document("x", "{}")));

    writer.write(CALLFLOWS, stored("x", "{\"name\":\"Front\"}"));

    assertThat(file).content().contains("Front");
  }

  @Test
  void aWrittenFileIsNotReadAgain() throws IOException {
    writer.write(CALLFLOWS, stored("x", "{}"));

    assertThat(index.recordState(folder.resolve("accounts/acme/callflows/x.json"))).isFalse();
  }

  @Test
  void theProblemsOfAWrittenDocumentReplaceItsEarlierProblems() throws IOException {
    writer.write(CALLFLOWS, stored("x", "{}"));
    writer.write(CALLFLOWS, stored("x", "{}"));
    problems.publish();

    assertThat(problems.published())
        .extracting(it -> it.problem().toString())
        .containsExactly("/name: is wrong");
  }

  @Test
  void theFileOfARemovedDocumentIsDeletedAndForgotten() throws IOException {
    writer.write(CALLFLOWS, stored("x", "{}"));

    writer.delete(CALLFLOWS, "x");
    problems.publish();

    assertThat(folder.resolve("accounts/acme/callflows/x.json")).doesNotExist();
    assertThat(index.filesThat(file -> true)).isEmpty();
    assertThat(problems.published()).isEmpty();
  }

  @Test
  void theFileOfAnotherDocumentIsNotReplaced() throws IOException {
    Path file = folder.resolve("accounts/acme/callflows/x.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"id\":\"front-door\"}");
    index.recordState(file);
    index.recordDocument(file, new FolderIndex.Entry(CALLFLOWS, document("front-door", "{}")));

    writer.write(CALLFLOWS, stored("x", "{}"));

    assertThat(file).content().contains("front-door");
    assertThat(folder.resolve("accounts/acme/callflows/x-2.json")).content().contains("\"x\"");
  }

  private static StoredDocument stored(String id, String body) {
    Document document = document(id, body);
    return new StoredDocument(
        document, Revision.of(3, document.body()), Instant.EPOCH, Instant.EPOCH);
  }

  private static Document document(String id, String body) {
    return new Document(DocumentType.CALLFLOW, id, Json.readObject(body), "test");
  }
}
