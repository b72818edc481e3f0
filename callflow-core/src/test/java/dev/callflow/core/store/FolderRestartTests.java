package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Which revisions are still valid after a data folder has been opened again. */
class FolderRestartTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType ROOMS = DocumentType.CONFERENCE;

  @TempDir private Path folder;

  private Path file;
  private DataFolder data;

  @BeforeEach
  void aDocumentThatHasBeenChangedTwice() throws IOException {
    file = folder.resolve("accounts/acme/conferences/red.json");
    Files.createDirectories(file.getParent());
    restart();
    assertThat(data.create(ACME, ROOMS, "red", named("One")))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(replace("Two", stored().revision())).isInstanceOf(WriteResult.Written.class);
    assertThat(replace("Three", stored().revision())).isInstanceOf(WriteResult.Written.class);
  }

  private void restart() {
    data = DataFolder.read(folder, document -> List.of(), TimeSource.system());
  }

  @Test
  void aDocumentThatHasNotChangedKeepsItsRevision() {
    Revision seen = stored().revision();
    restart();

    assertThat(stored().revision()).isEqualTo(seen);
    assertThat(seen).hasToString("3-" + seen.hash());
    assertThat(replace("Four", seen)).isInstanceOf(WriteResult.Written.class);
    assertThat(stored().revision().number()).isEqualTo(4);
  }

  @Test
  void aChangeThatTheClientHasNotSeenIsNotOverwritten() {
    Revision seen = stored().revision();
    replace("Four", seen);
    restart();

    assertThat(replace("Late", seen)).isEqualTo(new WriteResult.Conflict(stored().revision()));
    assertThat(name()).isEqualTo("Four");
  }

  @Test
  void anEditOfTheFileWhileNoHostRunsIsNotOverwritten() throws IOException {
    Revision seen = stored().revision();
    edit("Three", "Edited");
    restart();

    assertThat(stored().revision().number()).isEqualTo(4);
    assertThat(replace("Late", seen)).isInstanceOf(WriteResult.Conflict.class);
    assertThat(name()).isEqualTo("Edited");
  }

  @Test
  void aNewFileWithTheNameOfADeletedDocumentIsNotOverwritten() throws IOException {
    Files.writeString(file, "{\"name\":\"First\"}");
    restart();
    Revision seen = stored().revision();
    assertThat(seen.number()).isEqualTo(1);

    Files.writeString(file, "{\"name\":\"Another\"}");
    restart();

    assertThat(stored().revision().number()).isEqualTo(1);
    assertThat(replace("Late", seen)).isInstanceOf(WriteResult.Conflict.class);
    assertThat(data.remove(ACME, ROOMS, "red", seen)).isInstanceOf(WriteResult.Conflict.class);
  }

  @Test
  void aChangeOfTheFormatKeepsTheRevision() throws IOException {
    Revision seen = stored().revision();
    Files.writeString(file, Files.readString(file).replaceAll("\\s+", ""));
    assertThat(replace("Four", seen)).isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void theRevisionIsNotPartOfTheDocument() {
    assertThat(file).content().contains("\"_rev\" : \"3-");
    restart();

    assertThat(stored().document().body().has("_rev")).isFalse();
  }

  private void edit(String from, String to) throws IOException {
    Files.writeString(file, Files.readString(file).replace(from, to));
  }

  private WriteResult replace(String name, Revision revision) {
    return data.replace(ACME, ROOMS, "red", named(name), revision);
  }

  private StoredDocument stored() {
    return data.stored(ACME, ROOMS, "red").orElseThrow();
  }

  private String name() {
    return stored().document().body().path("name").asString();
  }

  private static ObjectNode named(String name) {
    return Json.object().put("name", name);
  }
}
