package dev.callflow.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.MemoryStore;
import dev.callflow.testkit.Phase;
import dev.callflow.testkit.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import dev.callflow.testkit.model.NewChannel;
import dev.callflow.testkit.model.SimulatedSwitch;
import dev.callflow.testkit.model.SwitchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What was written down can be run again, and PINs are not written down. */
class JournalTests {

  private static final AccountId ACME = new AccountId("acme");

  @TempDir private Path folder;

  private static MemoryStore documents(String conference) {
    return new MemoryStore()
        .account(ACME, Json.object())
        .put(
            ACME,
            DocumentType.CALLFLOW,
            "flow",
            (ObjectNode)
                Json.read(
                    """
                    {"numbers": ["2000"], "flow": {"module": "conference", "data": {"id": "w1"},
                      "children": {"_": {"module": "play", "data": {"id": "bye"}}}}}
                    """))
        .put(ACME, DocumentType.CONFERENCE, "w1", (ObjectNode) Json.read(conference));
  }

  private static final String WITH_PINS =
      """
      {"id": "w1", "name": "Weekly",
       "member": {"pins": ["84512"]}, "moderator": {"pins": ["96731"]}}
      """;

  /** Alice mistypes, then is a moderator; Bob is a member, and hangs up. */
  private Path record(boolean mask) throws Exception {
    Path file = folder.resolve("journal.jsonl");
    VirtualTime time = new VirtualTime();
    SimulatedSwitch model =
        new SimulatedSwitch(
            time, SwitchSettings.seeded(7, name -> Optional.of(Duration.ofSeconds(2))));
    InProcessSwitch ports = new InProcessSwitch(model, time);
    try (Journal journal = Journal.open(file, time, mask)) {
      Conferences conferences =
          Conferences.builder(documents(WITH_PINS), journal.mixer(ports.mixer()), time)
              .observer(journal.observer((call, outcome) -> {}))
              .build();
      CallflowEngine engine =
          CallflowEngine.builder(documents(WITH_PINS), time)
              .modules(conferences.modules())
              .legs(journal::leg)
              .defaultAccount(ACME)
              .build();
      calls(time, model, ports, engine, "alice", "+49301234", 0);
      keys(time, model, "alice", "1111#", 3_000);
      keys(time, model, "alice", "96731#", 8_000);
      calls(time, model, ports, engine, "bob", "+49305678", 1_000);
      keys(time, model, "bob", "84512#", 5_000);
      hangUp(time, model, "bob", 60_000);
      hangUp(time, model, "alice", 90_000);
      time.run(Duration.ofHours(1), () -> model.channels().isEmpty() && time.timers() == 0);
      time.close();
    }
    return file;
  }

  private static void calls(
      VirtualTime time,
      SimulatedSwitch model,
      InProcessSwitch ports,
      CallflowEngine engine,
      String name,
      String from,
      long at) {
    time.at(
        Duration.ofMillis(at),
        Phase.CALLS,
        name,
        () -> {
          model.arrive(new NewChannel(name, from, name, "2000", "", Map.of()));
          engine.take(
              ports.leg(new CallId(name)),
              new IncomingCall("2000", from, name, Optional.empty(), Map.of()));
        });
  }

  private static void keys(
      VirtualTime time, SimulatedSwitch model, String name, String keys, long at) {
    for (int i = 0; i < keys.length(); i++) {
      char key = keys.charAt(i);
      time.at(Duration.ofMillis(at + i * 100L), Phase.CALLS, "key", () -> model.press(name, key));
    }
  }

  private static void hangUp(VirtualTime time, SimulatedSwitch model, String name, long at) {
    time.at(
        Duration.ofMillis(at),
        Phase.CALLS,
        name + " hangs up",
        () -> model.hangUp(name, EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
  }

  @Test
  void theSameDocumentsLeadToTheSameDecisions() throws Exception {
    JournalReplay.Result result =
        JournalReplay.run(record(false), documents(WITH_PINS), Optional.of(ACME));

    assertThat(result.difference()).isEmpty();
    assertThat(result.calls()).isEqualTo(2);
    assertThat(result.decisions()).isGreaterThan(8);
  }

  @Test
  void theFirstDecisionThatDiffersIsNamed() throws Exception {
    String locked =
        WITH_PINS.replace(
            "\"name\": \"Weekly\",", "\"name\": \"Weekly\", \"require_moderator\": true,");

    JournalReplay.Result result =
        JournalReplay.run(record(false), documents(locked), Optional.of(ACME));

    assertThat(result.difference().orElseThrow())
        .startsWith("call bob, decision ")
        .contains("it was \"enters w1", "now");
  }

  @Test
  void noPinStandsInIt() throws Exception {
    String text = Files.readString(record(false));

    assertThat(text.lines().map(Json::read).filter(line -> line.has("keys")))
        .extracting(line -> line.path("keys").asString())
        .containsExactlyInAnyOrder("????#", "?????#", "?????#");
    assertThat(text).doesNotContain("84512", "96731").contains("plays conf-enter_conf_pin");
  }

  @Test
  void numbersAndNamesCanBeLeftOut() throws Exception {
    assertThat(Files.readString(record(false))).contains("+49301234", "\"alice\"");

    String text = Files.readString(record(true));

    assertThat(text).doesNotContain("+49301234", "+49305678").contains("\"from\":\"+");
    assertThat(
            JournalReplay.run(record(true), documents(WITH_PINS), Optional.of(ACME)).difference())
        .isEmpty();
  }

  @Test
  void aFileThatIsNoJournalIsRefusedWithItsLine() throws IOException {
    Path file =
        Files.writeString(folder.resolve("x"), "{\"t\":1,\"call\":\"a\",\"out\":\"b\"}\n{}\n");

    assertThatThrownBy(() -> JournalReplay.run(file, documents(WITH_PINS), Optional.of(ACME)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ":2: a line needs t, one of call, operator and room, and in or out");
  }
}
