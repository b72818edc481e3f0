package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class H2FileTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType CONFERENCE = DocumentType.CONFERENCE;

  @TempDir private Path folder;

  private StoreOptions options() {
    return StoreOptions.of("jdbc:h2:" + folder.resolve("calls")).deadline(Eventually.LIMIT);
  }

  private JdbcStore open() {
    return JdbcStore.open(options(), TimeSource.system());
  }

  @Test
  void documentsAreKeptWhenTheStoreIsReopened() throws Exception {
    try (JdbcStore store = open()) {
      store.account(ACME, json("{\"realm\": \"acme.example.com\"}"));
      store.system(json("{\"a\": 1}"));
      store.create(ACME, CONFERENCE, "c1", json("{\"conference_numbers\": [\"1\"]}"));
      store.create(ACME, CONFERENCE, "c2", json("{}"));
      store.remove(ACME, CONFERENCE, "c2", Revision.of(1, json("{}")));
    }
    try (JdbcStore store = open()) {
      assertThat(store.accounts()).containsExactly(ACME);
      assertThat(store.accountByRealm("ACME.example.com")).contains(ACME);
      assertThat(store.systemConfig()).isEqualTo(json("{\"a\": 1}"));
      assertThat(store.create(ACME, CONFERENCE, "c3", json("{\"conference_numbers\": [\"1\"]}")))
          .isEqualTo(new WriteResult.NumbersTaken(List.of("1")));
      assertThat(store.create(ACME, CONFERENCE, "c2", json("{}")))
          .isInstanceOfSatisfying(
              WriteResult.Written.class,
              it -> assertThat(it.stored().revision().number()).isEqualTo(2));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("calls.mv.db"));
    }
  }

  @Test
  void aStoreCanBeInMemory() {
    try (JdbcStore store =
        JdbcStore.open(
            StoreOptions.of("jdbc:h2:mem:calls").deadline(Eventually.LIMIT), TimeSource.system())) {
      store.create(ACME, CONFERENCE, "c1", json("{}"));
      assertThat(store.find(ACME, CONFERENCE, "c1")).isPresent();
    }
  }

  @Test
  void theRealmOfAnotherAccountIsRefused() {
    try (JdbcStore store = open()) {
      AccountId other = new AccountId("other");
      assertThat(store.account(ACME, json("{\"realm\": \"one.example.com\"}"))).isTrue();
      assertThat(store.account(other, json("{\"realm\": \"ONE.example.com\"}"))).isFalse();
      assertThat(store.account(other)).isEmpty();
      assertThat(store.account(other, json("{\"realm\": \"two.example.com\"}"))).isTrue();
      assertThat(store.account(other, json("{\"realm\": \"One.example.com\"}"))).isFalse();
      assertThat(store.accountByRealm("two.example.com")).contains(other);
      assertThat(store.account(ACME, json("{\"realm\": \"One.Example.com\"}"))).isTrue();
    }
  }

  @Test
  void anIdThatDatabasesRejectIsRefused() {
    try (JdbcStore store = open()) {
      for (String id : List.of("a\0b", "\ud83d", "x".repeat(256))) {
        assertThatThrownBy(() -> store.create(ACME, CONFERENCE, id, json("{}")))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.account(new AccountId(id), json("{}")))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.account(ACME, Json.object().put("realm", id)))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(store.create(ACME, CONFERENCE, "x".repeat(255), json("{}")))
          .isInstanceOf(WriteResult.Written.class);
    }
  }

  /** An interrupt during a read or write would close the file for all users. */
  @Test
  void interruptedThreadsDoNotDamageTheFile() throws Exception {
    try (JdbcStore store = open()) {
      List<Thread> threads =
          IntStream.range(0, 50)
              .mapToObj(number -> Thread.startVirtualThread(() -> write(store, "c" + number)))
              .toList();
      for (Thread thread : threads) {
        thread.interrupt();
        thread.join();
      }
      assertThat(store.create(ACME, CONFERENCE, "last", json("{}")))
          .isInstanceOf(WriteResult.Written.class);
    }
  }

  private static void write(JdbcStore store, String id) {
    try {
      for (int i = 0; i < 20; i++) {
        store.create(ACME, CONFERENCE, id + "-" + i, Json.object().put("text", "x".repeat(5_000)));
      }
    } catch (StoreUnavailableException e) {
      assertThat(e).hasMessageContaining("interrupted while waiting");
    }
  }

  @Test
  void failuresRevealNoDocumentOrPassword() throws Exception {
    StoreOptions options = options().login("me", "p4ssw0rd");
    try (JdbcStore store = JdbcStore.open(options, TimeSource.system())) {
      try (Connection connection =
          DriverManager.getConnection(
              options.url() + ";WRITE_DELAY=0", options.user(), options.password())) {
        connection
            .createStatement()
            .execute("ALTER TABLE callflow_documents ADD CHECK (revision < 1)");
      }
      Throwable failure =
          catchThrowable(() ->
              store.create(ACME, CONFERENCE, "c1", json("{\"member\": {\"pins\": [\"482913\"]}}")));
      assertThat(failure).isInstanceOf(StoreUnavailableException.class);
      assertThat(trace(failure)).doesNotContain("482913", "p4ssw0rd");
    }
    Throwable refused =
        catchThrowable(() -> JdbcStore.open(options.login("me", "wr0ngw0rd"), TimeSource.system()));
    assertThat(refused).isInstanceOf(StoreUnavailableException.class);
    assertThat(trace(refused)).doesNotContain("p4ssw0rd", "wr0ngw0rd");
  }

  @Test
  void aFailingListenerDoesNotAffectOtherListeners() {
    try (JdbcStore store = open()) {
      List<AccountId> notified = new java.util.concurrent.CopyOnWriteArrayList<>();
      store.onChange(account -> {
        throw new IllegalStateException("the listener has failed");
      });
      store.onChange(notified::add);
      assertThat(store.create(ACME, CONFERENCE, "c1", json("{}")))
          .isInstanceOf(WriteResult.Written.class);
      assertThat(notified).containsExactly(ACME);
    }
  }

  @Test
  void aClosedStoreIsUnavailable() {
    JdbcStore store = open();
    store.close();
    assertThatThrownBy(() -> store.page(ACME, CONFERENCE, Optional.empty(), true, 1))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(store::requireReachable).isInstanceOf(StoreUnavailableException.class);
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }
}
