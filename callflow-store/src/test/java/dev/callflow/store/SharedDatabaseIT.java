package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.node.ObjectNode;

/** Several stores on one PostgreSQL database, one of them connected through a faulty proxy. */
@Execution(ExecutionMode.CONCURRENT)
class SharedDatabaseIT {

  private static final AccountId ACME = new AccountId("acme");
  private static final AccountId OTHER = new AccountId("other");
  private static final DocumentType CONFERENCE = DocumentType.CONFERENCE;

  private final BlockingQueue<AccountId> changes = new LinkedBlockingQueue<>();
  private String database;
  private FaultyProxy proxy;
  private JdbcStore far;
  private JdbcStore near;

  @BeforeEach
  void open() throws SQLException, IOException {
    database = Postgres.database();
    proxy = new FaultyProxy(Postgres.port());
    near = JdbcStore.open(Postgres.at(database), TimeSource.system());
    near.account(ACME, Json.object());
    openFar(Eventually.LIMIT);
  }

  private void openFar(Duration deadline) {
    far =
        JdbcStore.open(Postgres.at(database, proxy.port()).deadline(deadline), TimeSource.system());
    far.onChange(changes::add);
  }

  /** Shortens the wait of tests in which the proxy fails and the store waits for the deadline. */
  private void openFarAgainWithAShortDeadline() {
    far.close();
    eventually(() -> openFar(Duration.ofSeconds(1)));
  }

  @AfterEach
  void close() throws IOException {
    far.close();
    near.close();
    proxy.close();
  }

  @Test
  void changesMadeInOneStoreAreVisibleInTheOther() throws Exception {
    assertThat(far.find(ACME, CONFERENCE, "c1")).isEmpty();
    assertThat(far.all(ACME, CONFERENCE)).isEmpty();

    near.create(ACME, CONFERENCE, "c1", json("{\"name\": \"One\"}"));
    awaitChange(ACME);
    assertThat(nameInFarStore()).contains("One");
    assertThat(far.all(ACME, CONFERENCE)).hasSize(1);

    near.replace(ACME, CONFERENCE, "c1", json("{\"name\": \"Two\"}"), revision(near));
    awaitChange(ACME);
    assertThat(nameInFarStore()).contains("Two");

    near.remove(ACME, CONFERENCE, "c1", revision(near));
    awaitChange(ACME);
    assertThat(nameInFarStore()).isEmpty();
  }

  @Test
  void refusedChangesAreNotAnnounced() throws Exception {
    near.create(OTHER, CONFERENCE, "c1", json("{\"conference_numbers\": [\"1\"]}"));
    awaitChange(OTHER);
    near.create(OTHER, CONFERENCE, "c1", json("{}"));
    near.create(OTHER, CONFERENCE, "c2", json("{\"conference_numbers\": [\"1\"]}"));
    near.remove(OTHER, CONFERENCE, "c2", Revision.of(1, json("{}")));
    near.create(ACME, CONFERENCE, "c1", json("{}"));
    assertThat(Eventually.next("a change", changes)).isEqualTo(ACME);
  }

  @Test
  void changesToAccountsAndTheSystemConfigurationAreVisibleToo() throws Exception {
    assertThat(far.account(OTHER)).isEmpty();
    assertThat(far.accountByRealm("other.example.com")).isEmpty();
    assertThat(far.systemConfig()).isEqualTo(json("{}"));

    near.system(json("{\"conferences\": {\"moderator_pin_retries\": 1}}"));
    near.account(OTHER, json("{\"realm\": \"OTHER.example.com\"}"));
    awaitChange(OTHER);
    assertThat(far.account(OTHER)).isPresent();
    assertThat(far.accountByRealm("other.example.com")).contains(OTHER);
    assertThat(far.systemConfig().path("conferences").size()).isEqualTo(1);
  }

  @Test
  void anUnreachableDatabaseIsUnavailableUntilItIsReachable() throws Exception {
    openFarAgainWithAShortDeadline();
    near.create(ACME, CONFERENCE, "c1", json("{\"name\": \"One\"}"));
    awaitChange(ACME);
    eventually(() -> assertThat(nameInFarStore()).contains("One"));

    proxy.cut();
    // The store stops using its cache when it notices that it may miss changes.
    awaitUnavailable();
    assertThatThrownBy(() -> far.create(ACME, CONFERENCE, "c2", json("{}")))
        .isInstanceOf(StoreUnavailableException.class);
    near.replace(ACME, CONFERENCE, "c1", json("{\"name\": \"Two\"}"), revision(near));
    near.create(OTHER, CONFERENCE, "c1", json("{}"));
    changes.clear();

    proxy.restore();
    awaitChange(OTHER);
    eventually(() -> assertThat(nameInFarStore()).contains("Two"));
    eventually(() -> {
      far.create(ACME, CONFERENCE, "c3", json("{}"));
      assertThat(far.find(ACME, CONFERENCE, "c3")).isPresent();
    });
  }

  @Test
  void aSilentDatabaseIsUnavailable() throws Exception {
    openFarAgainWithAShortDeadline();
    proxy.discard();
    awaitUnavailable();
    assertThatThrownBy(() -> far.create(ACME, CONFERENCE, "c1", json("{}")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("store acme/conferences/c1");
    assertThatThrownBy(far::accounts).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(far::requireReachable).isInstanceOf(StoreUnavailableException.class);

    changes.clear();
    proxy.restore();
    awaitChange(ACME);
    far.requireReachable();
    eventually(() -> assertThat(far.accounts()).containsExactly(ACME));
  }

  @Test
  void anInterruptEndsOnlyTheWaitingCall() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> far.page(ACME, CONFERENCE, Optional.empty(), true, 1))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(far.page(ACME, CONFERENCE, Optional.empty(), true, 1)).isEmpty();
  }

  @Test
  void aNumberBelongsToOnlyOneOfTwoCompetingProcesses() throws Exception {
    List<Process> processes =
        List.of(Competitor.start(database, "a"), Competitor.start(database, "b"));
    List<String> numbers = new ArrayList<>();
    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      numbers.addAll(output.lines().toList());
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, Competitor.NUMBERS).mapToObj(String::valueOf).toList());
    awaitChange(ACME);
    assertThat(near.all(ACME, CONFERENCE)).hasSize(Competitor.NUMBERS);
  }

  private Optional<String> nameInFarStore() {
    return far.find(ACME, CONFERENCE, "c1")
        .map(Document::body)
        .map(body -> body.path("name").asString());
  }

  /** Retries, because a busy machine may be slower than the short deadline. */
  private static void eventually(Runnable assertions) {
    Eventually.passes(() -> {
      try {
        assertions.run();
      } catch (StoreUnavailableException e) {
        throw new AssertionError(e);
      }
    });
  }

  private void awaitChange(AccountId account) {
    AccountId next;
    do {
      next = Eventually.next("a change in " + account, changes);
    } while (!account.equals(next));
  }

  /** Waits until the store notices the lost connection; until then, it reads from its cache. */
  private void awaitUnavailable() {
    Eventually.holds(
        "the store has noticed the lost connection",
        () -> {
          try {
            far.find(ACME, CONFERENCE, "c1");
            return false;
          } catch (StoreUnavailableException e) {
            return true;
          }
        });
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }

  /** Another process, which claims the numbers 0 to 39 and prints the ones it gets. */
  static final class Competitor {
    static final int NUMBERS = 40;

    private Competitor() {}

    static Process start(String database, String name) throws IOException {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              Competitor.class.getName(),
              database,
              String.valueOf(Postgres.port()),
              name)
          .redirectErrorStream(true)
          .start();
    }

    public static void main(String[] args) {
      StoreOptions options = Postgres.at(args[0], Integer.parseInt(args[1]));
      try (JdbcStore store = JdbcStore.open(options, TimeSource.system())) {
        for (int number = 0; number < NUMBERS; number++) {
          ObjectNode body = Json.object();
          body.putArray("conference_numbers").add(String.valueOf(number));
          if (store.create(ACME, CONFERENCE, args[2] + number, body)
              instanceof WriteResult.Written) {
            System.out.println(number);
          }
        }
      }
    }
  }

  private static Revision revision(JdbcStore store) {
    return store.stored(ACME, CONFERENCE, "c1").orElseThrow().revision();
  }
}
