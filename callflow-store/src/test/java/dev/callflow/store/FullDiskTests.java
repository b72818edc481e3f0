package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** An H2 database on a disk that is full for a while. */
class FullDiskTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType ROOMS = DocumentType.CONFERENCE;

  @TempDir private Path folder;

  private JdbcStore store;

  @BeforeEach
  void open() {
    LimitedDisk.register();
    store =
        JdbcStore.open(
            StoreOptions.of("jdbc:h2:limited:" + folder.resolve("calls"))
                .deadline(Eventually.LIMIT),
            TimeSource.system());
    store.create(ACME, ROOMS, "red", Json.object().put("name", "Red"));
  }

  @AfterEach
  void close() {
    LimitedDisk.full(false);
    store.close();
  }

  @Test
  void readsGoOnWhileWritesAreRefused() throws Exception {
    LimitedDisk.full(true);
    for (int i = 0; i < 10; i++) {
      String id = "c" + i;
      assertThatThrownBy(() -> store.create(ACME, ROOMS, id, body(50_000)))
          .isInstanceOfSatisfying(
              StoreUnavailableException.class, it -> assertThat(it.isFull()).isTrue());
      assertThat(ids()).containsExactly("red");
      assertThat(store.find(ACME, ROOMS, "red")).isPresent();
    }
  }

  @Test
  void aReadWaitsUntilTheClosedFileIsUnlocked() throws Exception {
    LimitedDisk.full(true);
    assertThatThrownBy(() -> store.create(ACME, ROOMS, "c1", body(50_000)))
        .isInstanceOf(StoreUnavailableException.class);
    LimitedDisk.locked(true);
    FutureTask<List<String>> read = new FutureTask<>(this::ids);
    Thread.ofVirtual().start(read);
    Eventually.holds("two attempts to open the file", () -> LimitedDisk.refusedLocks() >= 2);

    LimitedDisk.locked(false);
    assertThat(Eventually.result("the ids", read)).containsExactly("red");
  }

  @Test
  void changesSucceedAgainWhenThereIsRoom() {
    LimitedDisk.full(true);
    assertThatThrownBy(() -> store.create(ACME, ROOMS, "c1", body(50_000)))
        .isInstanceOf(StoreUnavailableException.class);

    LimitedDisk.full(false);
    Eventually.holds("a change succeeds", () -> isCreated("c2"));
    assertThat(ids()).containsExactly("c2", "red");
  }

  private boolean isCreated(String id) {
    try {
      return store.create(ACME, ROOMS, id, body(50_000)) instanceof WriteResult.Written;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  private List<String> ids() {
    return store.page(ACME, ROOMS, Optional.empty(), true, 1_000).stream()
        .map(it -> it.document().id())
        .toList();
  }

  private static ObjectNode body(int size) {
    return Json.object().put("text", "x".repeat(size));
  }
}
