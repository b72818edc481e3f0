package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
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

/** Several processes at one PostgreSQL, which one of them reaches over a line that fails. */
@Execution(ExecutionMode.CONCURRENT)
class SharedDatabaseIT {

  private static final AccountId ACME = new AccountId("acme");
  private static final AccountId OTHER = new AccountId("other");
  private static final DocumentType CONFERENCE = DocumentType.CONFERENCE;

  private final BlockingQueue<AccountId> told = new LinkedBlockingQueue<>();
  private String database;
  private Line line;
  private JdbcStore far;
  private JdbcStore near;

  @BeforeEach
  void open() throws SQLException, IOException {
    database = Postgres.database();
    line = new Line(Postgres.port());
    near = JdbcStore.open(Postgres.at(database), TimeSource.system());
    near.account(ACME, Json.object());
    openFar(Eventually.LIMIT);
  }

  private void openFar(Duration deadline) {
    far =
        JdbcStore.open(Postgres.at(database, line.port()).deadline(deadline), TimeSource.system());
    far.onChange(told::add);
  }

  /** For tests in which the line fails: the deadline is then what they wait for. */
  private void openFarAgainWithAShortDeadline() {
    far.close();
    openFar(Duration.ofSeconds(1));
  }

  @AfterEach
  void close() throws IOException {
    far.close();
    near.close();
    line.close();
  }

  @Test
  void whatOneProcessChangesTheOtherSees() throws Exception {
    assertThat(far.find(ACME, CONFERENCE, "c1")).isEmpty();
    assertThat(far.all(ACME, CONFERENCE)).isEmpty();

    near.create(ACME, CONFERENCE, "c1", json("{\"name\": \"One\"}"));
    awaitTold(ACME);
    assertThat(nameAtTheFarEnd()).contains("One");
    assertThat(far.all(ACME, CONFERENCE)).hasSize(1);

    near.replace(ACME, CONFERENCE, "c1", json("{\"name\": \"Two\"}"), 1);
    awaitTold(ACME);
    assertThat(nameAtTheFarEnd()).contains("Two");

    near.remove(ACME, CONFERENCE, "c1", 2);
    awaitTold(ACME);
    assertThat(nameAtTheFarEnd()).isEmpty();
  }

  @Test
  void whatIsNotDoneIsNotTold() throws Exception {
    near.create(OTHER, CONFERENCE, "c1", json("{\"conference_numbers\": [\"1\"]}"));
    awaitTold(OTHER);
    near.create(OTHER, CONFERENCE, "c1", json("{}"));
    near.create(OTHER, CONFERENCE, "c2", json("{\"conference_numbers\": [\"1\"]}"));
    near.remove(OTHER, CONFERENCE, "c2", 1);
    near.create(ACME, CONFERENCE, "c1", json("{}"));
    assertThat(Eventually.next("a change", told)).isEqualTo(ACME);
  }

  @Test
  void accountsAndTheSystemsConfigurationAreSeenAsWell() throws Exception {
    assertThat(far.account(OTHER)).isEmpty();
    assertThat(far.accountByRealm("other.example.com")).isEmpty();
    assertThat(far.systemConfig()).isEqualTo(json("{}"));

    near.system(json("{\"conferences\": {\"moderator_pin_retries\": 1}}"));
    near.account(OTHER, json("{\"realm\": \"OTHER.example.com\"}"));
    awaitTold(OTHER);
    assertThat(far.account(OTHER)).isPresent();
    assertThat(far.accountByRealm("other.example.com")).contains(OTHER);
    assertThat(far.systemConfig().path("conferences").size()).isEqualTo(1);
  }

  @Test
  void anUnreachableDatabaseIsSaidToBeOneAndUsedAgainWhenItIsBack() throws Exception {
    openFarAgainWithAShortDeadline();
    near.create(ACME, CONFERENCE, "c1", json("{\"name\": \"One\"}"));
    awaitTold(ACME);
    whenReached(() -> assertThat(nameAtTheFarEnd()).contains("One"));

    line.cut();
    // Nothing is taken from memory as soon as it is known that changes may escape.
    awaitUnavailable();
    assertThatThrownBy(() -> far.create(ACME, CONFERENCE, "c2", json("{}")))
        .isInstanceOf(StoreUnavailableException.class);
    near.replace(ACME, CONFERENCE, "c1", json("{\"name\": \"Two\"}"), 1);
    near.create(OTHER, CONFERENCE, "c1", json("{}"));
    told.clear();

    line.mend();
    awaitTold(OTHER);
    whenReached(() -> assertThat(nameAtTheFarEnd()).contains("Two"));
    whenReached(() -> {
      far.create(ACME, CONFERENCE, "c3", json("{}"));
      assertThat(far.find(ACME, CONFERENCE, "c3")).isPresent();
    });
  }

  @Test
  void aSilentDatabaseIsGivenUp() throws Exception {
    openFarAgainWithAShortDeadline();
    line.swallow();
    awaitUnavailable();
    assertThatThrownBy(() -> far.create(ACME, CONFERENCE, "c1", json("{}")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("store acme/conferences/c1");
    assertThatThrownBy(far::accounts).isInstanceOf(StoreUnavailableException.class);

    told.clear();
    line.mend();
    awaitTold(ACME);
    whenReached(() -> assertThat(far.accounts()).containsExactly(ACME));
  }

  @Test
  void aCallerWhoIsInterruptedIsLetGoAndTheOthersGoOn() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> far.page(ACME, CONFERENCE, Optional.empty(), true, 1))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(far.page(ACME, CONFERENCE, Optional.empty(), true, 1)).isEmpty();
  }

  @Test
  void ofTwoProcessesOneHasANumber() throws Exception {
    List<Process> processes =
        List.of(Competitor.start(database, "a"), Competitor.start(database, "b"));
    List<String> numbers = new ArrayList<>();
    for (Process process : processes) {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      numbers.addAll(said.lines().toList());
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, Competitor.NUMBERS).mapToObj(String::valueOf).toList());
    awaitTold(ACME);
    assertThat(near.all(ACME, CONFERENCE)).hasSize(Competitor.NUMBERS);
  }

  private Optional<String> nameAtTheFarEnd() {
    return far.find(ACME, CONFERENCE, "c1")
        .map(Document::body)
        .map(body -> body.path("name").asString());
  }

  /** A busy machine may be slower than the short deadline; then the store is asked again. */
  private static void whenReached(Runnable assertions) {
    Eventually.passes(() -> {
      try {
        assertions.run();
      } catch (StoreUnavailableException e) {
        throw new AssertionError(e);
      }
    });
  }

  private void awaitTold(AccountId account) {
    AccountId next;
    do {
      next = Eventually.next("a change of " + account, told);
    } while (!account.equals(next));
  }

  /** The lost line is noticed within a second or so; until then memory answers. */
  private void awaitUnavailable() {
    Eventually.holds(
        "the lost line is noticed",
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
    return (ObjectNode) Json.read(text);
  }

  /** Another process, which wants numbers from 0 to 39 and prints those that it gets. */
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
}
