package dev.callflow.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The command {@code watch} across connections that are cut. */
@Execution(ExecutionMode.CONCURRENT)
class WatchIT {

  @TempDir private Path folder;

  private TestHost host;
  private CuttableLine line;
  private ClientRun watch;

  @BeforeEach
  void start() throws IOException {
    host = new TestHost(folder);
    line = new CuttableLine(host.port());
    watch = new ClientRun(line.url());
  }

  @AfterEach
  void stop() throws IOException {
    line.close();
    host.close();
  }

  /** Runs the command while a test does something. */
  private void watching(Eventually.Check body, String... arguments) throws Exception {
    Thread running = Thread.ofVirtual().start(() -> watch.run(arguments));
    try {
      Eventually.passes(() -> assertThat(watch.err.toString()).startsWith("watching "));
      body.run();
    } finally {
      running.interrupt();
      running.join(Eventually.LIMIT);
    }
    assertThat(running.isAlive()).isFalse();
  }

  private void reconnected() {
    Eventually.passes(() -> assertThat(watch.err.toString()).contains("connected again"));
  }

  /** Waits until the event of a lock has been shown, which comes after all others of its room. */
  private void awaitLock(String room) {
    assertThat(new ClientRun(host.url()).run("lock", room)).isZero();
    Eventually.passes(() -> assertThat(watch.lines()).anyMatch(it -> it.contains(room + "  lock")));
  }

  private List<String> of(String room) {
    return watch.lines().stream()
        .filter(it -> it.contains("  " + room + "  "))
        .map(it -> it.replaceFirst("^[0-9:]+ +", ""))
        .toList();
  }

  @Test
  void theEventsOfARoomAreShownOnceAlsoThoseOfAnInterruption() throws Exception {
    host.enters("1001", "Alice", "2000");
    watching(
        () -> {
          host.enters("1002", "Bob", "2000");
          Eventually.passes(() -> assertThat(watch.out.toString()).contains("Bob"));
          line.cut();
          host.enters("1003", "Carol", "2000");
          line.mend();
          host.enters("1004", "Dave", "2000");
          awaitLock("board");
          assertThat(of("board"))
              .containsExactly(
                  "board  add-member  Bob (1002)",
                  "board  add-member  Carol (1003)",
                  "board  add-member  Dave (1004)",
                  "board  lock");
        },
        "watch",
        "Board meeting");
    assertThat(watch.err.toString()).contains("was lost").contains("trying again in 1 s");
  }

  @Test
  void theEventsOfAllRoomsAreShownOnceAlsoOfOneThatBeganInAnInterruption() throws Exception {
    host.enters("1001", "Alice", "2000");
    watching(
        () -> {
          host.enters("1002", "Bob", "2000");
          Eventually.passes(() -> assertThat(watch.out.toString()).contains("Bob"));
          line.cut();
          host.enters("1003", "Carol", "2000");
          host.enters("1005", "Erin", "3000");
          line.mend();
          reconnected();
          host.enters("1006", "Frank", "3000");
          awaitLock("board");
          awaitLock("Weekly");
          assertThat(of("board"))
              .containsExactly(
                  "board  add-member  Bob (1002)",
                  "board  add-member  Carol (1003)",
                  "board  lock");
          assertThat(of("Weekly"))
              .containsExactly(
                  "Weekly  conference-create",
                  "Weekly  add-member  Erin (1005)",
                  "Weekly  add-member  Frank (1006)",
                  "Weekly  lock");
        },
        "watch");
  }

  @Test
  void eventsAsJsonAreOneObjectALine() throws Exception {
    watching(
        () -> {
          host.enters("1001", "\u001b[31mEve", "2000");
          Eventually.passes(() -> assertThat(watch.lines()).hasSizeGreaterThan(1));
          List<JsonNode> events = watch.lines().stream().map(Json::read).toList();
          assertThat(events)
              .extracting(it -> it.path("event").asString())
              .containsExactly("conference-create", "add-member");
          assertThat(events.get(1).path("caller_id_name").asString()).isEqualTo("\u001b[31mEve");
          assertThat(watch.out.toString()).doesNotContain("\u001b");
        },
        "watch",
        "--json");
  }
}
