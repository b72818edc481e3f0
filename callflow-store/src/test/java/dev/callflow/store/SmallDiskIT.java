package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores on a disk of a few MiB that is really full. {@code .ci/run} mounts it in the folder {@code
 * store} of {@code callflow.tmpfs}.
 */
@EnabledIfSystemProperty(named = "callflow.tmpfs", matches = ".+")
class SmallDiskIT {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType ROOMS = DocumentType.CONFERENCE;

  private Path disk;
  private Path filler;

  @BeforeEach
  void emptyDisk() throws IOException {
    disk =
        Files.createTempDirectory(Path.of(System.getProperty("callflow.tmpfs"), "store"), "disk");
    filler = disk.resolve("filler");
  }

  @AfterEach
  void deleteFiller() throws IOException {
    Files.deleteIfExists(filler);
  }

  @Test
  void aDataFolderRecoversFromAFullDisk() throws Exception {
    Files.createDirectories(disk.resolve("accounts/acme"));
    List<String> acknowledged;
    try (DataFolder folder = open()) {
      acknowledged = recovers(folder);
    }
    try (DataFolder folder = open()) {
      assertThat(ids(folder)).isEqualTo(acknowledged);
    }
  }

  private DataFolder open() {
    return DataFolder.open(disk, document -> List.of(), TimeSource.system());
  }

  @Test
  void anH2DatabaseRecoversFromAFullDisk() throws Exception {
    StoreOptions options =
        StoreOptions.of("jdbc:h2:" + disk.resolve("calls")).deadline(Eventually.LIMIT);
    List<String> acknowledged;
    try (JdbcStore store = JdbcStore.open(options, TimeSource.system())) {
      acknowledged = recovers(store);
    }
    try (JdbcStore store = JdbcStore.open(options, TimeSource.system())) {
      assertThat(ids(store)).isEqualTo(acknowledged);
    }
  }

  /** Fills the disk, frees it again, and returns the documents whose changes were acknowledged. */
  private List<String> recovers(EditableStore store) throws IOException {
    List<String> acknowledged = new ArrayList<>();
    create(store, "a");
    acknowledged.add("a");
    fill();
    for (int i = 0; acknowledged.size() == i + 1; i++) {
      String id = "b%03d".formatted(i);
      StoreUnavailableException refused =
          catchThrowableOfType(StoreUnavailableException.class, () -> create(store, id));
      if (refused == null) {
        acknowledged.add(id);
      } else {
        assertThat(refused.isFull()).isTrue();
      }
    }
    for (int i = 0; i < 20; i++) {
      assertThat(ids(store)).isEqualTo(acknowledged);
      String id = "c" + i;
      assertThat(catchThrowableOfType(StoreUnavailableException.class, () -> create(store, id)))
          .isNotNull();
    }

    Files.delete(filler);
    Eventually.holds(
        "a change succeeds",
        () -> {
          try {
            create(store, "d");
            return true;
          } catch (StoreUnavailableException e) {
            return false;
          }
        });
    acknowledged.add("d");
    assertThat(ids(store)).isEqualTo(acknowledged);
    return acknowledged;
  }

  private static void create(EditableStore store, String id) {
    ObjectNode body = Json.object().put("text", "x".repeat(50_000));
    assertThat(store.create(ACME, ROOMS, id, body)).isInstanceOf(WriteResult.Written.class);
  }

  private static List<String> ids(EditableStore store) {
    List<String> listed =
        store.page(ACME, ROOMS, Optional.empty(), true, 1_000).stream()
            .map(it -> it.document().id())
            .toList();
    assertThat(store.all(ACME, ROOMS)).extracting(Document::id).isEqualTo(listed);
    return listed;
  }

  private void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4_096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
