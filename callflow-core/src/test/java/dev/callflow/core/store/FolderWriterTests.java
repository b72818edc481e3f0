package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.FolderIndex.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Which file a document is written to, and what the index and the problems record. */
class FolderWriterTests {

  private static final Place CALLFLOWS = new Place(new AccountId("acme"), DocumentType.CALLFLOW);

  @TempDir private Path folder;

  private final FolderProblems problems = new FolderProblems();
  private FolderIndex index;
  private FolderWriter writer;

  @BeforeEach
  void anEmptyFolder() {
    index = new FolderIndex(folder);
    writer =
        new FolderWriter(index, problems, document -> List.of(Problem.at("/name", "is wrong")));
  }

  @Test
  void aNewDocumentIsWrittenWithItsIdToAFileNamedAfterIt() throws IOException {
    writer.write(CALLFLOWS, "x", document("x", "{\"name\":\"Front\"}"));

    Path file = folder.resolve("accounts/acme/callflows/x.json");
    assertThat(Json.read(Files.readString(file)))
        .isEqualTo(Json.read("{\"name\":\"Front\",\"id\":\"x\"}"));
    assertThat(folder.resolve("accounts/acme/callflows")).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aDocumentIsWrittenToTheFileItWasReadFrom() throws IOException {
    Path file = folder.resolve("accounts/acme/callflows/front-door.json");
    index.recordDocument(file, new FolderIndex.Entry(CALLFLOWS, document("x", "{}").orElseThrow()));

    writer.write(CALLFLOWS, "x", document("x", "{\"name\":\"Front\"}"));

    assertThat(file).content().contains("Front");
  }

  @Test
  void aWrittenFileIsNotReadAgain() throws IOException {
    writer.write(CALLFLOWS, "x", document("x", "{}"));

    assertThat(index.recordState(folder.resolve("accounts/acme/callflows/x.json"))).isFalse();
  }

  @Test
  void theProblemsOfAWrittenDocumentReplaceItsEarlierProblems() throws IOException {
    writer.write(CALLFLOWS, "x", document("x", "{}"));
    writer.write(CALLFLOWS, "x", document("x", "{}"));
    problems.publish();

    assertThat(problems.published())
        .extracting(it -> it.problem().toString())
        .containsExactly("/name: is wrong");
  }

  @Test
  void theFileOfARemovedDocumentIsDeletedAndForgotten() throws IOException {
    writer.write(CALLFLOWS, "x", document("x", "{}"));

    writer.write(CALLFLOWS, "x", Optional.empty());
    problems.publish();

    assertThat(folder.resolve("accounts/acme/callflows/x.json")).doesNotExist();
    assertThat(index.filesThat(file -> true)).isEmpty();
    assertThat(problems.published()).isEmpty();
  }

  private static Optional<Document> document(String id, String body) {
    return Optional.of(
        new Document(DocumentType.CALLFLOW, id, (ObjectNode) Json.read(body), "test"));
  }
}
