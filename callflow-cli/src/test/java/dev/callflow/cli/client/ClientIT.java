package dev.callflow.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The client commands against a host on the simulated FreeSWITCH. */
@Execution(ExecutionMode.CONCURRENT)
class ClientIT {

  @TempDir private Path folder;

  private TestHost host;

  @BeforeEach
  void start() throws IOException {
    host = new TestHost(folder);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private String printed(String... arguments) {
    ClientRun command = new ClientRun(host.url());
    assertThat(command.run(arguments)).as(command.err.toString()).isZero();
    assertThat(command.err.toString()).isEmpty();
    return command.out.toString();
  }

  @Test
  void roomsAreListedInAlignedColumns() {
    assertThat(printed("rooms")).isEqualTo("no room is running" + System.lineSeparator());
    assertThat(printed("rooms", "--json").strip()).isEqualTo("[]");
    host.enters("1001", "Alice", "2000");
    String json = printed("rooms", "--json");
    assertThat(Json.read(json).path(0).path("id").asString()).isEqualTo("board");
    assertThat(json).doesNotContain("739164");
    Eventually.passes(() ->
        assertThat(printed("rooms").lines())
            .satisfiesExactly(
                head ->
                    assertThat(head)
                        .isEqualTo(
                            "ID     NAME           PARTICIPANTS  MODERATORS  WAITING  SINCE     "
                                + "           STATE"),
                row ->
                    assertThat(row)
                        .matches(
                            "board  Board meeting  1             0           0        "
                                + "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  running")));
  }

  @Test
  void anAdHocRoomIsListedToo() {
    host.enters("1001", "Alice", "3000");
    assertThat(printed("rooms").lines()).hasSize(2).anyMatch(line -> line.contains("Weekly"));
  }

  @Test
  void participantsAreMutedUnmutedAndKicked() {
    SimulatedCaller alice = host.enters("1001", "Alice", "2000");
    host.enters("1002", "Bob", "2000");
    JsonNode row =
        Json.read(printed("participants", "board", "--json"))
            .valueStream()
            .filter(it -> it.path("call_id").asString().equals(alice.uuid()))
            .findFirst()
            .orElseThrow();
    String id = row.path("participant_id").asString();

    assertThat(printed("mute", "board", id).strip()).isEqualTo("muted " + id);
    assertThat(printed("participants", "board").lines())
        .anyMatch(line -> line.matches(id + " +Alice +1001 +member +joined, muted.*"))
        .anyMatch(line -> line.matches("\\d+ +Bob +1002 +member +joined +.*"));
    assertThat(printed("unmute", "board", alice.uuid())).contains("unmuted " + alice.uuid());
    printed("mute", "Board Meeting", "--all");
    assertThat(printed("participants", "300").lines())
        .filteredOn(line -> line.contains("joined, muted"))
        .hasSize(2);
    printed("kick", "board", id);
    assertThat(printed("participants", "board")).doesNotContain("Alice").contains("Bob");
  }

  @Test
  void roomsAreLockedRecordedAndDialledFrom() {
    host.enters("1001", "Alice", "2000");
    assertThat(printed("lock", "board").strip()).isEqualTo("locked board");
    assertThat(printed("record", "board", "start").strip()).isEqualTo("starting recording board");
    Eventually.passes(() -> assertThat(printed("rooms")).contains("running, locked, recording"));
    assertThat(printed("record", "board", "stop").strip()).isEqualTo("stopping recording board");
    assertThat(printed("unlock", "board", "--json").strip()).isEqualTo("\"ok\"");

    ClientRun dial = new ClientRun(host.url());
    assertThat(dial.run("dial", "board", "sip:carol@example.com", "--timeout", "5")).isOne();
    assertThat(dial.lines())
        .satisfiesExactly(
            head -> assertThat(head).startsWith("NUMBER                 RESULT  MESSAGE"),
            row -> assertThat(row).startsWith("sip:carol@example.com  failed  "));
  }

  @Test
  void namesOfCallersDoNotControlTheTerminal() {
    host.enters("1001", "\u001b[31mEve\u202e\u009bX", "2000");
    Eventually.passes(() -> assertThat(printed("participants", "board")).contains("?[31mEve??X"));
    assertThat(printed("participants", "board", "--json"))
        .contains("\\u001B[31mEve\\u202E\\u009BX")
        .doesNotContain("\u001b", "\u202e", "\u009b");
  }

  @Test
  void whatTheHostDoesNotKnowIsAnErrorInOneLine() {
    host.enters("1001", "Alice", "2000");
    ClientRun command = new ClientRun(host.url());
    assertThat(command.run("lock", "nowhere")).isOne();
    assertThat(command.run("participants", "nowhere")).isOne();
    assertThat(command.run("kick", "board", "999")).isOne();
    assertThat(command.run("dial", "board", "seventeenletters!")).isOne();
    assertThat(command.run("mute", "board")).isEqualTo(2);
    assertThat(command.run("record", "board", "pause")).isEqualTo(2);
    assertThat(command.err.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "no room 'nowhere' is running; ./callflow rooms lists those that are"),
            line -> assertThat(line).startsWith("no room 'nowhere' is running"),
            line -> assertThat(line).startsWith("the host does not know '999'; "),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "the host refused the request: endpoints.1: Value not a number, device or"
                            + " user ID, or SIP endpoint"),
            line -> assertThat(line).isEqualTo("give either PARTICIPANT or --all"),
            line -> assertThat(line).isEqualTo("see ./callflow mute --help"),
            line -> assertThat(line).contains("pause"),
            line -> assertThat(line).isEqualTo("see ./callflow record --help"));
  }

  @Test
  void aTokenThatGivesNoAccessIsExplained() {
    ClientRun command = new ClientRun(host.url());
    assertThat(command.run("rooms", "--token", "wrong-token")).isEqualTo(2);
    assertThat(command.run("watch", "--token", "wrong-token")).isEqualTo(2);
    assertThat(command.run("rooms", "--account", "globex")).isEqualTo(2);
    assertThat(command.err.toString()).doesNotContain("wrong-token");
    assertThat(command.err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("the host does not know the token; "),
            line -> assertThat(line).startsWith("the host does not know the token; "),
            line ->
                assertThat(line).startsWith("the token gives no access to the account 'globex'; "));
  }
}
