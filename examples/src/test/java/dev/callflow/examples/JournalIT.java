package dev.callflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conference;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.journal.Journal;
import dev.callflow.conference.mixer.Member;
import dev.callflow.core.CallObserver;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/**
 * A host writes a journal of calls over the event socket, and it is replayed by the command line.
 */
@Execution(ExecutionMode.CONCURRENT)
class JournalIT {

  private static final Pattern ADDRESS = Pattern.compile("takes calls at 127\\.0\\.0\\.1:(\\d+)");

  @TempDir private Path folder;

  private Path data;
  private Path journal;
  private SimulatedFreeSwitch freeSwitch;

  @BeforeEach
  void start() throws IOException {
    journal = folder.resolve("calls.jsonl");
    data = folder.resolve("data");
    write(
        "callflows/board.json",
        """
        {"numbers": ["5000"], "flow": {"module": "conference", "data": {"id": "board"},
          "children": {"kicked": {"module": "play", "data": {"id": "sorry"}}}}}
        """);
    write("media/sorry.json", "{}");
    conference("");
    freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start();
  }

  @AfterEach
  void stop() {
    freeSwitch.close();
  }

  private void conference(String more) throws IOException {
    write(
        "conferences/board.json",
        """
        {"id": "board", "name": "Board", %s
         "member": {"pins": ["46103"]}, "moderator": {"pins": ["97532"]}}
        """
            .formatted(more));
  }

  private void write(String name, String text) throws IOException {
    Path file = data.resolve("accounts/acme").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Runs the command {@code host} while people call. */
  private void host(Calls calls, String... more) throws Exception {
    StringWriter out = new StringWriter();
    String[] arguments = {
      "host",
      "--data",
      data.toString(),
      "--listen",
      "127.0.0.1:0",
      "--freeswitch",
      "127.0.0.1:" + freeSwitch.esl().getPort(),
      "--journal",
      journal.toString()
    };
    CommandLine command =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()));
    Thread host =
        Thread.ofPlatform()
            .start(() ->
                command.execute(
                    Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new)));
    try {
      freeSwitch.handCallsTo(address(out));
      calls.place();
    } finally {
      host.interrupt();
      host.join(Eventually.LIMIT);
    }
    assertThat(host.isAlive()).isFalse();
  }

  private interface Calls {
    void place() throws Exception;
  }

  private InetSocketAddress address(StringWriter out) {
    return Eventually.value(
        "the host listens and controls rooms",
        () -> {
          Matcher found = ADDRESS.matcher(out.toString());
          return found.find() && out.toString().contains("controls rooms at")
              ? Optional.of(new InetSocketAddress("127.0.0.1", Integer.parseInt(found.group(1))))
              : Optional.empty();
        });
  }

  private SimulatedCaller enters(String from, String name, String keys) {
    SimulatedCaller caller = freeSwitch.call(from, name, "5000");
    Eventually.holds(
        "caller hears conf-enter_conf_pin",
        () -> caller.awaitHeard("conf-enter_conf_pin", 1, Duration.ZERO),
        caller::heard);
    caller.press(keys);
    Eventually.holds("caller is in a room", () -> caller.awaitJoined(Duration.ZERO), caller::heard);
    return caller;
  }

  private void afterwards(SimulatedCaller... callers) {
    for (SimulatedCaller caller : callers) {
      caller.hangUp();
      Eventually.holds(
          "the call of caller ends", () -> caller.awaitEnded(Duration.ZERO), caller::heard);
    }
  }

  private void aFewCalls() {
    SimulatedCaller alice = enters("+4930111111", "Alice", "97532#");
    SimulatedCaller bob = freeSwitch.call("+4930222222", "Bob", "5000");
    Eventually.holds(
        "bob hears conf-welcome",
        () -> bob.awaitHeard("conf-welcome", 1, Duration.ZERO),
        bob::heard);
    bob.press("46103#");
    Eventually.holds("bob is in a room", () -> bob.awaitJoined(Duration.ZERO), bob::heard);
    SimulatedCaller mallory = freeSwitch.call("+4930666666", "Mallory", "5000");
    for (int times = 1; times <= 3; times++) {
      int asked = times;
      Eventually.holds(
          "mallory hears conf-enter_conf_pin",
          () -> mallory.awaitHeard("conf-enter_conf_pin", asked, Duration.ZERO),
          mallory::heard);
      mallory.press("4610" + asked + "9#");
    }
    Eventually.holds(
        "the call of mallory ends", () -> mallory.awaitEnded(Duration.ZERO), mallory::heard);
    SimulatedCaller carol = enters("+4930333333", "Carol", "46103#");
    alice.press("*1");
    afterwards(bob, carol, alice);
  }

  private record Replayed(int exit, String out) {}

  private Replayed replay() {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute("replay", "--journal", journal.toString(), "--data", data.toString());
    return new Replayed(exit, out.toString());
  }

  @Test
  void theReplayReportsNoDifferenceAndTheJournalHoldsNoPin() throws Exception {
    host(this::aFewCalls);

    String text = Files.readString(journal);
    assertThat(text).contains("+4930111111", "\"Bob\"", "ends the visit as bad_pin");
    assertThat(text.lines().filter(line -> line.contains("keys")))
        .as("what is known of keys: a PIN by its length, a key in the room as it is")
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.matches(".*\"keys\":\"([?]+#?|[*1])\"}"));

    Replayed replayed = replay();

    assertThat(replayed.exit).as(replayed.out + text).isZero();
    assertThat(replayed.out).contains("the same decisions as then", "4 calls, ");
  }

  @Test
  void theReplayNamesTheFirstDecisionThatDiffersWhenDocumentsWereChanged() throws Exception {
    host(this::aFewCalls);
    conference("\"max_participants\": 2,");

    Replayed replayed = replay();

    assertThat(replayed.exit).as(replayed.out).isEqualTo(1);
    assertThat(replayed.out)
        .startsWith("DIFFERS  call ")
        .contains("was \"enters board [MUTE]\", is now \"plays conf-max_participants\"");
  }

  @Test
  void aPinThatWasChangedMeanwhileChangesNoDecision() throws Exception {
    host(this::aFewCalls);
    write(
        "conferences/board.json",
        """
        {"id": "board", "name": "Board",
         "member": {"pins": ["461"]}, "moderator": {"pins": ["9753211"]}}
        """);

    Replayed replayed = replay();

    assertThat(replayed.exit).as(replayed.out).isZero();
  }

  @Test
  void numbersAndNamesAreMaskedIfSo() throws Exception {
    host(this::aFewCalls, "--mask-numbers");

    assertThat(Files.readString(journal))
        .doesNotContain("4930111111", "4930222222", "4930666666", "Alice", "Bob", "Mallory");
    assertThat(replay().exit).isZero();
  }

  @Test
  void aHostThatWasKilledLeavesAJournalThatCanBeReplayed() throws Exception {
    host(() -> enters("+4930111111", "Alice", "97532#"));
    String text = Files.readString(journal);
    Files.writeString(journal, text.substring(0, text.length() - 20));

    Replayed replayed = replay();

    assertThat(replayed.exit).as(replayed.out).isZero();
    assertThat(replayed.out).contains("1 calls, ");
  }

  private interface Operator {
    void acts(Conference board) throws Exception;
  }

  /** Runs a host whose conference an operator controls. */
  private void operated(Operator operator) throws Exception {
    TimeSource time = TimeSource.system();
    AccountId acme = new AccountId("acme");
    try (DataFolder documents = DataFolder.read(data, new DocumentChecks(), time);
        Journal written = Journal.open(journal, time, false);
        DialplanHost host =
            new DialplanHost(
                documents,
                FreeSwitchOptions.of(
                    new InetSocketAddress("127.0.0.1", 0), freeSwitch.esl(), "ClueCon"),
                Optional.of(acme),
                new CallObserver() {},
                (call, outcome) -> {},
                Optional.of(written),
                MediaGuard.standard())) {
      freeSwitch.handCallsTo(host.calls());
      assertThat(host.awaitConnected(Eventually.LIMIT)).isTrue();
      operator.acts(host.conferences().conference(acme, "board"));
      Eventually.holds("no call is left", () -> host.live() == 0, host::live);
    }
  }

  @Test
  void operatorsAreReplayedToo() throws Exception {
    operated(board -> {
      SimulatedCaller alice = enters("1001", "Alice", "97532#");
      SimulatedCaller bob = enters("1002", "Bob", "46103#");
      String number =
          Eventually.value(
              "bob is listed",
              () ->
                  board.view().stream()
                      .flatMap(view -> view.participants().stream())
                      .filter(it -> it.call().value().equals(bob.uuid()))
                      .map(it -> String.valueOf(it.number()))
                      .findFirst());
      done(board, new ConferenceAction.Lock(true));
      SimulatedCaller carol = freeSwitch.call("1003", "Carol", "5000");
      Eventually.holds(
          "carol hears conf-enter_conf_pin",
          () -> carol.awaitHeard("conf-enter_conf_pin", 1, Duration.ZERO),
          carol::heard);
      carol.press("46103#");
      Eventually.holds(
          "carol hears conf-locked",
          () -> carol.awaitHeard("conf-locked", 1, Duration.ZERO),
          carol::heard);
      Eventually.holds(
          "the call of carol ends", () -> carol.awaitEnded(Duration.ZERO), carol::heard);
      done(board, new ConferenceAction.Mute(number, false));
      done(board, new ConferenceAction.Kick(bob.uuid(), false));
      Eventually.holds("the call of bob ends", () -> bob.awaitEnded(Duration.ZERO), bob::heard);
      assertThat(board.perform(new ConferenceAction.Kick("nobody", false)))
          .isInstanceOf(ActionResult.Refused.class);
      done(board, new ConferenceAction.End());
      Eventually.holds(
          "the call of alice ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
    });

    Replayed replayed = replay();
    assertThat(replayed.exit).as(replayed.out + Files.readString(journal)).isZero();
    assertThat(Files.readString(journal))
        .contains(
            "ends the visit as locked", "ends the visit as kicked", "ends the visit as ended");

    String text = Files.readString(journal);
    Files.writeString(
        journal, text.replace("\"kind\":\"Lock\",\"on\":true", "\"kind\":\"Lock\",\"on\":false"));
    Replayed unlocked = replay();
    assertThat(unlocked.exit).isEqualTo(1);
    assertThat(unlocked.out).contains("was \"locked\", is now \"unlocked\"");
  }

  /** One answers, presses keys and hangs up, one is busy, one does not answer in time. */
  @Test
  void thoseWhoAreDialledAreReplayedToo() throws Exception {
    freeSwitch.callee("sip:bob@example.com", new FarEnd.Answers(Duration.ofMillis(200)));
    freeSwitch.callee("sip:carol@example.com", new FarEnd.Refuses(HangupCause.of("USER_BUSY")));
    freeSwitch.callee("sip:dave@example.com", new FarEnd.NeverAnswers());
    operated(board -> {
      SimulatedCaller alice = enters("1001", "Alice", "97532#");
      done(board, dial(Eventually.LIMIT, "sip:bob@example.com", "sip:carol@example.com"));
      done(board, dial(Duration.ofSeconds(1), "sip:dave@example.com"));
      String bob = dialled(board);
      "*1".chars().forEach(key -> freeSwitch.model().press(bob, (char) key));
      awaitParticipants(board, 1, it -> it.call().value().equals(bob) && it.muted());
      freeSwitch.model().hangUp(bob, EndedBy.CALLEE, HangupCause.NORMAL_CLEARING);
      awaitParticipants(board, 1, it -> true);
      done(board, dial(Eventually.LIMIT, "sip:bob@example.com"));
      done(board, new ConferenceAction.Kick(dialled(board), false));
      awaitParticipants(board, 1, it -> true);
      Eventually.passes(
          () -> assertThat(Files.readString(journal)).contains("\"cause\":\"NO_ANSWER\""));
      afterwards(alice);
    });

    String text = Files.readString(journal);
    Replayed replayed = replay();
    assertThat(replayed.exit).as(replayed.out + text).isZero();
    assertThat(text)
        .contains(
            "is dialled: bob@example.com",
            "\"in\":\"answers\"",
            "\"in\":\"fails\",\"cause\":\"USER_BUSY\"",
            "\"in\":\"fails\",\"cause\":\"NO_ANSWER\"",
            "sip:bob@example.com joined",
            "ends the visit as left",
            "ends the visit as kicked");

    conference("\"max_participants\": 1,");
    // All three are dialled at the same time.
    assertThat(replay().out)
        .containsPattern("was \"is dialled: \\w+@example.com\", is now \"nothing\"");
  }

  private static ConferenceAction dial(Duration timeout, String... uris) {
    DialRequest usual =
        DialRequest.to(Arrays.stream(uris).<Endpoint>map(Endpoint.Sip::new).toList());
    return new ConferenceAction.Dial(
        new DialRequest(
            usual.endpoints(),
            "",
            "",
            usual.flags(),
            timeout,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            "",
            usual.settings()));
  }

  /** The second one in. */
  private String dialled(Conference board) {
    awaitParticipants(board, 2, it -> true);
    return board.view().orElseThrow().participants().stream()
        .max(Comparator.comparing(Member::number))
        .orElseThrow()
        .call()
        .value();
  }

  private void awaitParticipants(Conference board, int count, Predicate<Member> which) {
    Eventually.passes(() -> assertThat(participants(board, which)).isEqualTo(count));
  }

  private static long participants(Conference board, Predicate<Member> which) {
    return board.view().stream()
        .flatMap(view -> view.participants().stream())
        .filter(which)
        .count();
  }

  private static void done(Conference conference, ConferenceAction action) {
    assertThat(conference.perform(action)).isInstanceOf(ActionResult.Done.class);
  }
}
