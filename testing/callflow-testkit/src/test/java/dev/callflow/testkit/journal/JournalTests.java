package dev.callflow.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.journal.Journal;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.FarEnds;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** A journal can be replayed, and it contains no PINs. */
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
            Json.readObject(
                """
                {"numbers": ["2000"], "flow": {"module": "conference", "data": {"id": "w1"},
                  "children": {"_": {"module": "play", "data": {"id": "bye"}}}}}
                """))
        .put(ACME, DocumentType.MEDIA, "bye", Json.object())
        .put(ACME, DocumentType.CONFERENCE, "w1", Json.readObject(conference));
  }

  private static final String WITH_PINS =
      """
      {"id": "w1", "name": "Weekly",
       "member": {"pins": ["84512"]}, "moderator": {"pins": ["96731"]}}
      """;

  /** Alice mistypes, then enters as a moderator. Bob enters with the member PIN and hangs up. */
  private Path record(boolean mask) throws Exception {
    return record(
        mask,
        run -> {
          run.calls("alice", "+49301234", 0);
          run.keys("alice", "1111#", 3_000);
          run.keys("alice", "96731#", 8_000);
          run.calls("bob", "+49305678", 1_000);
          run.keys("bob", "84512#", 5_000);
          run.hangUp("bob", 60_000);
          run.hangUp("alice", 90_000);
        });
  }

  private Path record(boolean mask, Consumer<Run> plan) throws Exception {
    Path file = folder.resolve("journal.jsonl");
    try (Run run = new Run(file, mask, Journal.DEFAULT_MAX_SIZE)) {
      plan.accept(run);
      run.run();
    }
    return file;
  }

  private static JournalReplay.Result replay(Path file, String conference) throws Exception {
    return JournalReplay.run(file, documents(conference), Optional.of(ACME));
  }

  /** An engine with a journal, on a simulated switch in virtual time. */
  private static final class Run implements AutoCloseable {

    private final VirtualTime time = new VirtualTime();
    private final SimulatedSwitch model;
    private final InProcessSwitch ports;
    private final Journal journal;
    private final Conferences conferences;
    private final CallflowEngine engine;

    Run(Path file, boolean mask, long limit) throws IOException {
      this(file, mask, limit, Set.of());
    }

    Run(Path file, boolean mask, long limit, Set<String> missing) throws IOException {
      model =
          new SimulatedSwitch(
              time,
              SwitchSettings.seeded(
                  7,
                  name ->
                      missing.contains(name)
                          ? Optional.empty()
                          : Optional.of(Duration.ofSeconds(2))));
      ports = new InProcessSwitch(model, time).farEnds(new Bob());
      journal = Journal.open(file, time, mask, limit);
      conferences =
          Conferences.builder(documents(WITH_PINS), journal.mixer(ports.mixer()), time)
              .observer(journal.observer((call, outcome) -> {}))
              .build();
      engine =
          CallflowEngine.builder(documents(WITH_PINS), time)
              .modules(conferences.modules())
              .legs(journal::leg)
              .defaultAccount(ACME)
              .build();
    }

    private void at(long millis, Phase phase, Runnable action) {
      time.at(Duration.ofMillis(millis), phase, "planned", action);
    }

    void calls(String name, String from, long at) {
      at(
          at,
          Phase.CALLS,
          () -> {
            model.arrive(new NewChannel(name, from, name, "2000", "", Map.of()));
            engine.take(
                ports.leg(new CallId(name)),
                new IncomingCall("2000", from, name, Optional.empty(), Map.of()));
          });
    }

    void keys(String name, String keys, long at) {
      for (int i = 0; i < keys.length(); i++) {
        char key = keys.charAt(i);
        at(at + i * 100L, Phase.CALLS, () -> model.press(name, key));
      }
    }

    void hangUp(String name, long at) {
      at(at, Phase.CALLS, () -> model.hangUp(name, EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
    }

    void request(String conference, ConferenceAction action, long at) {
      at(at, Phase.OPERATORS, () -> conferences.conference(ACME, conference).perform(action));
    }

    void run() throws InterruptedException {
      time.run(Duration.ofHours(1), () -> model.channels().isEmpty() && time.timers() == 0);
      time.close();
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  /** Bob answers after three seconds. Everyone else is busy. */
  private record Bob() implements FarEnds {
    @Override
    public FarEnd at(CallId leg, DialTarget target) {
      return target instanceof DialTarget.Address address && address.user().equals("bob")
          ? new FarEnd.Answers(Duration.ofSeconds(3))
          : new FarEnd.Refuses(HangupCause.of("USER_BUSY"));
    }

    @Override
    public void inside(CallId leg, CallId inside, DialOrder order, String number) {}
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
  void theFirstDifferentDecisionIsReported() throws Exception {
    String locked =
        WITH_PINS.replace(
            "\"name\": \"Weekly\",", "\"name\": \"Weekly\", \"require_moderator\": true,");

    JournalReplay.Result result =
        JournalReplay.run(record(false), documents(locked), Optional.of(ACME));

    assertThat(result.difference().orElseThrow())
        .startsWith("call bob, decision ")
        .contains("was \"enters w1", "is now");
  }

  @Test
  void aJournalContainsNoPin() throws Exception {
    String text = Files.readString(record(false));

    assertThat(text.lines().map(Json::read).filter(line -> line.has("keys")))
        .extracting(line -> line.path("keys").asString())
        .containsExactlyInAnyOrder("????#", "?????#", "?????#");
    assertThat(text).doesNotContain("84512", "96731").contains("plays conf-enter_conf_pin");
  }

  @Test
  void numbersAndNamesCanBeMasked() throws Exception {
    assertThat(Files.readString(record(false))).contains("+49301234", "\"alice\"");

    String text = Files.readString(record(true));

    assertThat(text).doesNotContain("+49301234", "+49305678").contains("\"from\":\"+");
    assertThat(
            JournalReplay.run(record(true), documents(WITH_PINS), Optional.of(ACME)).difference())
        .isEmpty();
  }

  /** The PIN is pressed during the welcome, before the question, and again in the room. */
  @Test
  void aPinPressedWithoutAQuestionIsMaskedToo() throws Exception {
    Path file =
        record(
            false,
            run -> {
              run.calls("alice", "1001", 0);
              run.keys("alice", "84512#", 500);
              run.keys("alice", "8*1", 5_000);
              run.keys("alice", "84512", 10_000);
              run.hangUp("alice", 20_000);
            });

    assertThat(Files.readString(file).lines().map(Json::read).filter(line -> line.has("keys")))
        .extracting(line -> line.path("keys").asString())
        .containsExactly("?????#", "8", "*", "1", "?????");
    assertThat(replay(file, WITH_PINS).difference()).isEmpty();
  }

  @Test
  void aJournalContainsNoPinWheneverItIsPressed() throws Exception {
    Random random = new Random(5);
    for (int round = 0; round < 40; round++) {
      Path file =
          record(
              false,
              run -> {
                run.calls("alice", "1001", 0);
                for (long at = 100 + random.nextInt(1_500); at < 14_000; at += 3_500) {
                  run.keys("alice", random.nextBoolean() ? "84512#" : "84513#", at);
                }
                run.hangUp("alice", 20_000);
              });

      StringBuilder keys = new StringBuilder();
      Files.readString(file)
          .lines()
          .map(Json::read)
          .forEach(line -> keys.append(line.path("keys").asString("")));
      assertThat(keys.toString()).as("round " + round).contains("?").doesNotContain("84512");
    }
  }

  @Test
  void operatorRequestsAreReplayedAndComparedToo() throws Exception {
    Path file =
        record(
            false,
            run -> {
              run.calls("alice", "1001", 0);
              run.keys("alice", "96731#", 3_000);
              run.request("w1", new ConferenceAction.Lock(true), 5_000);
              run.calls("bob", "1002", 6_000);
              run.keys("bob", "84512#", 9_000);
              run.request("w1", new ConferenceAction.Mute("1", true), 12_000);
              run.request(
                  "w1",
                  new ConferenceAction.Dial(
                      DialRequest.to(
                          List.of(
                              new Endpoint.Sip("sip:bob@example.com"),
                              new Endpoint.Sip("sip:carol@example.com")))),
                  13_000);
              run.request("w1", new ConferenceAction.Kick("alice", false), 50_000);
              run.request("w1", new ConferenceAction.End(), 60_000);
            });

    JournalReplay.Result same = replay(file, WITH_PINS);
    JournalReplay.Result smaller =
        replay(file, WITH_PINS.replace("\"name\":", "\"max_participants\": 1, \"name\":"));

    assertThat(same.difference()).isEmpty();
    assertThat(same.calls()).isEqualTo(2);
    assertThat(Files.readString(file))
        .contains(
            "\"about\":\"alice\",\"out\":\"muted\"",
            "done, sip:bob@example.com joined, sip:carol@example.com did not join",
            "plays conf-locked",
            "ends the visit as kicked",
            "ends the visit as ended");
    assertThat(smaller.difference().orElseThrow())
        .contains("was \"is dialled: bob@example.com\", is now \"nothing\"");
  }

  @Test
  void aPlaybackThatTheMixerRefusesIsRefusedInTheReplayToo() throws Exception {
    Path file = folder.resolve("refused.jsonl");
    try (Run run =
        new Run(file, false, Journal.DEFAULT_MAX_SIZE, Set.of("tone_stream://%(100,0,401)"))) {
      run.calls("alice", "1001", 0);
      run.keys("alice", "96731#", 3_000);
      run.request("w1", new ConferenceAction.Play("tone_stream://%(100,0,400)"), 9_000);
      run.request("w1", new ConferenceAction.Play("tone_stream://%(100,0,401)"), 12_000);
      run.hangUp("alice", 20_000);
      run.run();
    }

    assertThat(Files.readString(file)).contains("refused: by_mixer");
    assertThat(replay(file, WITH_PINS).difference()).isEmpty();
  }

  @Test
  void secretsInRequestsAndMaskedNumbersAreNotWritten() throws Exception {
    ObjectNode settings =
        Json.readObject(
            """
            {"member": {"pins": ["55667788"]}, "endpoints": [{"sip": {"password": "xyzzy"}}]}
            """);
    DialRequest request =
        new DialRequest(
            List.of(new Endpoint.Inline((ObjectNode) settings.path("endpoints").path(0))),
            "Alice",
            "+49301234",
            Set.of(),
            Duration.ofSeconds(5),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            "",
            settings);

    String text =
        Files.readString(
            record(
                true,
                run -> {
                  run.request("new", new ConferenceAction.Dial(request), 1_000);
                  run.calls("alice", "+49301234", 2_000);
                  run.request("w1", new ConferenceAction.Ban("+49301234"), 3_000);
                  run.hangUp("alice", 9_000);
                }));

    assertThat(text)
        .contains("\"pins\":[\"")
        .doesNotContain("55667788", "xyzzy", "+49301234", "Alice");
    String from = text.lines().filter(line -> line.contains("arrives")).findFirst().orElseThrow();
    String ban = text.lines().filter(line -> line.contains("Ban")).findFirst().orElseThrow();
    assertThat(Json.read(ban).path("what").path("number"))
        .as("the masked number in the ban")
        .isEqualTo(Json.read(from).path("from"));
  }

  @Test
  void aTornJournalIsReplayedUpToTheTornLine() throws Exception {
    String whole = Files.readString(record(false));

    for (int length = 0; length < whole.length(); length += 97) {
      Path torn = Files.writeString(folder.resolve("torn.jsonl"), whole.substring(0, length));

      assertThat(replay(torn, WITH_PINS).difference())
          .as("journal cut off after %d characters", length)
          .isEmpty();
    }
  }

  @Test
  void aJournalMayBeTornWithinACharacter() throws Exception {
    byte[] whole =
        "{\"t\":1,\"call\":\"a\",\"in\":\"arrives\",\"to\":\"1\"}\n{\"t\":2,\"call\":\"J\u00f6rg"
            .getBytes(StandardCharsets.UTF_8);
    Path torn = folder.resolve("torn.jsonl");
    Files.write(torn, Arrays.copyOf(whole, whole.length - 3));

    assertThat(replay(torn, WITH_PINS).calls()).isEqualTo(1);
  }

  /** Runs two calls, which must succeed, and returns the log lines about the journal. */
  private static List<String> callsContinue(Path file, long limit) throws Exception {
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger("dev.callflow.conference.journal.JournalFile");
    log.addAppender(logged);
    logged.start();
    try (Run run = new Run(file, false, limit)) {
      List<String> joined = new ArrayList<>();
      run.model.listen(event -> {
        if (event instanceof SwitchEvent.MemberAdded(var room, var member)) {
          joined.add(member.channel().uuid());
        }
      });
      run.calls("alice", "1001", 0);
      run.keys("alice", "84512#", 3_000);
      run.hangUp("alice", 20_000);
      run.calls("bob", "1002", 30_000);
      run.keys("bob", "84512#", 33_000);
      run.hangUp("bob", 50_000);
      run.run();
      assertThat(joined).containsExactly("alice", "bob");
      assertThat(run.engine.live()).isZero();
    } finally {
      log.detachAppender(logged);
    }
    return logged.list.stream().map(it -> it.getLevel() + " " + it.getFormattedMessage()).toList();
  }

  @Test
  void aJournalEndsAtItsSizeLimitAndCallsContinue() throws Exception {
    Path file = folder.resolve("small.jsonl");

    assertThat(callsContinue(file, 600))
        .containsExactly("WARN journal " + file + ": stopped because it reached its maximum size");

    assertThat(Files.size(file)).isBetween(400L, 600L);
    assertThat(Files.readString(file)).endsWith("}\n");
    assertThat(replay(file, WITH_PINS).difference()).isEmpty();
  }

  @Test
  void aFullDiskLosesLinesButNoCall() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full, a device that is always full");
    Path file = Files.createSymbolicLink(folder.resolve("full.jsonl"), Path.of("/dev/full"));

    assertThat(callsContinue(file, Journal.DEFAULT_MAX_SIZE))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        "ERROR journal "
                            + file
                            + ": writing failed; lines are lost until it succeeds"),
            last -> assertThat(last).endsWith(" lines are missing at the end"));
  }

  @Test
  void theReplayEndsWhereLinesAreMissingAndReportsThem() throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(record(false)));
    int bobCalls = 0;
    while (!lines.get(bobCalls).contains("\"keys\":\"?????#\"")) {
      bobCalls++;
    }
    lines.subList(bobCalls, bobCalls + 5).clear();
    lines.add(bobCalls, "{\"t\":5500,\"missing\":5}");
    Path file = Files.write(folder.resolve("gap.jsonl"), lines);

    JournalReplay.Result result = replay(file, WITH_PINS);

    assertThat(result.difference()).isEmpty();
    assertThat(result.decisions()).isPositive();
    assertThat(result.gap())
        .contains(
            "5 lines are missing after line %d, 5.500 s after the start; the replay ends there"
                .formatted(bobCalls));
    assertThat(replay(record(false), WITH_PINS).gap()).isEmpty();
  }

  @Test
  void theJournalOfThePreviousRunIsKept() throws Exception {
    Path file = record(false);
    String before = Files.readString(file);

    record(true);

    assertThat(Files.readString(folder.resolve("journal.jsonl.1"))).isEqualTo(before);
  }

  @Test
  void aFileThatIsNotAJournalIsRefusedWithTheLineNumber() throws IOException {
    Path file =
        Files.writeString(folder.resolve("x"), "{\"t\":1,\"call\":\"a\",\"out\":\"b\"}\n{}\n");

    assertThatThrownBy(() -> JournalReplay.run(file, documents(WITH_PINS), Optional.of(ACME)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ":2: a line must have \"t\"; \"call\", \"operator\" or \"room\";"
                + " and \"in\" or \"out\"");
  }
}
