package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conference;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.journal.Journal;
import dev.callflow.conference.mixer.Member;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.host.DocumentChecks;
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

/** A host writes a journal of calls over the event socket, and the command line replays it. */
@Execution(ExecutionMode.CONCURRENT)
class JournalIT {

  private static final Pattern ADDRESS =
      Pattern.compile("listening for calls at 127\\.0\\.0\\.1:(\\d+)");

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
    // Keys may come late on a slow machine.
    write("account.json", "{\"config\": {\"conferences\": {\"digit_timeout\": 120000}}}");
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

  /** Runs the command {@code host} and places some calls. */
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
                    Stream.of(arguments, PatientOptions.ofHost(), more)
                        .flatMap(Arrays::stream)
                        .toArray(String[]::new)));
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
        "the host listens and is connected",
        () -> {
          Matcher found = ADDRESS.matcher(out.toString());
          return found.find() && out.toString().contains("connected to FreeSWITCH at")
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

  private void hangUp(SimulatedCaller... callers) {
    for (SimulatedCaller caller : callers) {
      caller.hangUp();
      awaitVisitEnded(caller);
    }
  }

  /** Waits until the host has recorded the end of a visit, which it notices after FreeSWITCH. */
  private void awaitVisitEnded(SimulatedCaller caller) {
    Eventually.holds(
        "the journal contains the end of the visit",
        () ->
            Files.readString(journal)
                .lines()
                .anyMatch(line -> line.contains(caller.uuid()) && line.contains("ends the visit")),
        () -> Files.readString(journal));
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
    for (int i = 1; i <= 3; i++) {
      int attempt = i;
      Eventually.holds(
          "mallory hears conf-enter_conf_pin",
          () -> mallory.awaitHeard("conf-enter_conf_pin", attempt, Duration.ZERO),
          mallory::heard);
      mallory.press("4610" + attempt + "9#");
    }
    awaitVisitEnded(mallory);
    SimulatedCaller carol = enters("+4930333333", "Carol", "46103#");
    alice.press("*1");
    hangUp(bob, carol, alice);
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
  void theReplayFindsNoDifferenceAndTheJournalContainsNoPin() throws Exception {
    host(this::aFewCalls);

    String text = Files.readString(journal);
    assertThat(text).contains("+4930111111", "\"Bob\"", "ends the visit as bad_pin");
    assertThat(text.lines().filter(line -> line.contains("keys")))
        .as("PINs are recorded as question marks; keys pressed in a conference are not masked")
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.matches(".*\"keys\":\"([?]+#?|[*1])\"}"));

    Replayed replayed = replay();

    assertThat(replayed.exit).as(replayed.out + text).isZero();
    assertThat(replayed.out).contains("all decisions are the same as in the journal", "calls: 4, ");
  }

  @Test
  void theReplayReportsTheFirstDifferentDecisionAfterAChangeToDocuments() throws Exception {
    host(this::aFewCalls);
    conference("\"max_participants\": 2,");

    Replayed replayed = replay();

    assertThat(replayed.exit).as(replayed.out).isEqualTo(1);
    assertThat(replayed.out)
        .startsWith("DIFFERS  call ")
        .contains("was \"enters board [MUTE]\", is now \"plays conf-max_participants\"");
  }

  @Test
  void changingPinsChangesNoDecision() throws Exception {
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
  void numbersAndNamesAreMaskedOnRequest() throws Exception {
    host(this::aFewCalls, "--mask-numbers");

    assertThat(Files.readString(journal))
        .doesNotContain("4930111111", "4930222222", "4930666666", "Alice", "Bob", "Mallory");
    Replayed replayed = replay();
    assertThat(replayed.exit).as(replayed.out).isZero();
  }

  @Test
  void theJournalOfAKilledHostCanBeReplayed() throws Exception {
    host(() -> enters("+4930111111", "Alice", "97532#"));
    String text = Files.readString(journal);
    Files.writeString(journal, text.substring(0, text.length() - 20));

    Replayed replayed = replay();

    assertThat(replayed.exit).as(replayed.out).isZero();
    assertThat(replayed.out).contains("calls: 1, ");
  }

  private interface Operator {
    void act(Conference board) throws Exception;
  }

  /** Runs a host and lets an operator control its conference. */
  private void runOperator(Operator operator) throws Exception {
    TimeSource time = TimeSource.system();
    AccountId acme = new AccountId("acme");
    try (DataFolder documents = DataFolder.read(data, new DocumentChecks(), time);
        Journal written = Journal.open(journal, time, false);
        Callflow host =
            Callflow.builder()
                .documents(documents)
                .freeSwitch(freeSwitch.esl(), "ClueCon", options -> {})
                .listen("127.0.0.1:0")
                .controlTimeout(Eventually.LIMIT)
                .journal(written)
                .start()) {
      freeSwitch.handCallsTo(host.calls());
      assertThat(host.awaitConnected(Eventually.LIMIT)).isTrue();
      operator.act(host.conferences().conference(acme, "board"));
      Eventually.holds("all calls have ended", () -> host.health().calls() == 0, host::health);
    }
  }

  @Test
  void actionsOfOperatorsAreReplayed() throws Exception {
    runOperator(board -> {
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
      perform(board, new ConferenceAction.Lock(true));
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
      Eventually.holds("carol's call ends", () -> carol.awaitEnded(Duration.ZERO), carol::heard);
      perform(board, new ConferenceAction.Mute(number, false));
      perform(board, new ConferenceAction.Kick(bob.uuid(), false));
      Eventually.holds("bob's call ends", () -> bob.awaitEnded(Duration.ZERO), bob::heard);
      assertThat(board.perform(new ConferenceAction.Kick("nobody", false)))
          .isInstanceOf(ActionResult.Refused.class);
      perform(board, new ConferenceAction.End());
      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
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

  /**
   * Bob answers, presses keys and hangs up; Carol is busy; Dave does not answer before the timeout.
   */
  @Test
  void dialledParticipantsAreReplayed() throws Exception {
    freeSwitch.callee("sip:bob@example.com", new FarEnd.Answers(Duration.ofMillis(200)));
    freeSwitch.callee("sip:carol@example.com", new FarEnd.Refuses(HangupCause.of("USER_BUSY")));
    freeSwitch.callee("sip:dave@example.com", new FarEnd.NeverAnswers());
    runOperator(board -> {
      SimulatedCaller alice = enters("1001", "Alice", "97532#");
      perform(board, dial(Eventually.LIMIT, "sip:bob@example.com", "sip:carol@example.com"));
      perform(board, dial(Duration.ofSeconds(1), "sip:dave@example.com"));
      String bob = dialled(board);
      "*1".chars().forEach(key -> freeSwitch.model().press(bob, (char) key));
      awaitParticipants(board, 1, it -> it.call().value().equals(bob) && it.muted());
      freeSwitch.model().hangUp(bob, EndedBy.CALLEE, HangupCause.NORMAL_CLEARING);
      awaitParticipants(board, 1, it -> true);
      perform(board, dial(Eventually.LIMIT, "sip:bob@example.com"));
      perform(board, new ConferenceAction.Kick(dialled(board), false));
      awaitParticipants(board, 1, it -> true);
      // The host does not count dialled parties as its calls, so it would not wait for them.
      Eventually.passes(() ->
          assertThat(Files.readString(journal))
              .contains("\"cause\":\"NO_ANSWER\"", "ends the visit as kicked"));
      hangUp(alice);
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
    // The dial requests run concurrently, so any of them may be the first to differ.
    assertThat(replay().out)
        .containsPattern("was \"is dialled: \\w+@example.com\", is now \"nothing\"");
  }

  private static ConferenceAction dial(Duration timeout, String... uris) {
    DialRequest defaults =
        DialRequest.to(Arrays.stream(uris).<Endpoint>map(Endpoint.Sip::new).toList());
    return new ConferenceAction.Dial(
        new DialRequest(
            defaults.endpoints(),
            "",
            "",
            defaults.flags(),
            timeout,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            "",
            defaults.settings()));
  }

  /** Returns the id of the second participant. */
  private String dialled(Conference board) {
    awaitParticipants(board, 2, it -> true);
    return board.view().orElseThrow().participants().stream()
        .max(Comparator.comparing(Member::number))
        .orElseThrow()
        .call()
        .value();
  }

  private void awaitParticipants(Conference board, int count, Predicate<Member> filter) {
    Eventually.passes(() -> assertThat(participants(board, filter)).isEqualTo(count));
  }

  private static long participants(Conference board, Predicate<Member> filter) {
    return board.view().stream()
        .flatMap(view -> view.participants().stream())
        .filter(filter)
        .count();
  }

  private static void perform(Conference conference, ConferenceAction action) {
    assertThat(conference.perform(action)).isInstanceOf(ActionResult.Done.class);
  }
}
