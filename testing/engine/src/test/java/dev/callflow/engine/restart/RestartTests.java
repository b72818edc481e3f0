package dev.callflow.engine.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.RoomView;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.mixer.Member;
import dev.callflow.freeswitch.restart.PositionKey;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.setup.WireFaults;
import dev.callflow.testkit.journal.JournalReplay;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host is killed and started again, while FreeSWITCH and its calls keep running. */
@Execution(ExecutionMode.CONCURRENT)
class RestartTests {

  private static final ActionResult DONE = new ActionResult.Done(List.of());
  private static final String OPEN = "{\"name\":\"Open\",\"member\":{\"join_muted\":false}}";

  private static final Map<String, String> TONES =
      Map.of(
          "left", "tone_stream://%(100,0,401)",
          "kicked", "tone_stream://%(100,0,402)",
          "ended", "tone_stream://%(100,0,403)",
          "moved", "tone_stream://%(100,0,404)");

  private RestartedHost host;

  @BeforeEach
  void start() throws Exception {
    host =
        new RestartedHost()
            .conference("open", OPEN)
            .conference("other", OPEN)
            .conference(
                "board",
                """
                {"name":"Board","member":{"pins":["482913"],"join_muted":false},
                 "moderator":{"pins":["739164"]},"wait_for_moderator":true}\
                """)
            .callflow("open", flow("5000", "open"))
            .callflow("other", flow("5001", "other"))
            .callflow("board", flow("5002", "board"))
            .start();
  }

  /**
   * Returns a callflow that sends callers to the conference. Each outcome has a branch that plays a
   * different tone.
   */
  private static String flow(String number, String conference) {
    StringBuilder children = new StringBuilder();
    TONES.forEach((outcome, tone) ->
        children
            .append(children.isEmpty() ? "" : ",")
            .append(
                "\"%s\":{\"module\":\"play\",\"data\":{\"id\":\"%s\"}}".formatted(outcome, tone)));
    return """
    {"numbers":["%s"],"flow":{"module":"conference",
     "data":{"id":"%s","welcome_prompt":{"play":false}},"children":{%s}}}\
    """
        .formatted(number, conference, children);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  // ---- journals

  @Test
  void theJournalOfARestartedHostCanBeReplayed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("journal.jsonl");
    SimulatedCaller alice = host.call("1001", "5000");
    SimulatedCaller bob = host.call("1002", "5000");
    host.pass(5).kill().journal(file).start();
    alice.press("*1");
    host.pass(3);
    assertThat(host.perform("open", new ConferenceAction.Mute(bob.uuid(), true))).isEqualTo(DONE);
    alice.press("#");
    host.pass(10);
    bob.hangUp();
    host.pass(5).kill();

    assertThat(Files.readString(file))
        .contains("adopted", "continues", "\"out\":\"muted\"", "ends the visit as left");
    assertThat(JournalReplay.run(file, host.documents(), Optional.of(RestartedHost.ACME)))
        .extracting(JournalReplay.Result::difference)
        .isEqualTo(Optional.empty());
  }

  @Test
  void theReplayKnowsTheSettingsThatTheHostFoundWhenItStarted(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("journal.jsonl");
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5);
    SimulatedCaller waiting = waits("1011");
    assertThat(host.perform("open", new ConferenceAction.Ban("1002"))).isEqualTo(DONE);
    assertThat(host.perform("open", new ConferenceAction.SetMaxParticipants(OptionalInt.of(2))))
        .isEqualTo(DONE);
    assertThat(host.perform("board", new ConferenceAction.Ban("1012"))).isEqualTo(DONE);
    host.kill().journal(file).start();
    host.pass(3);
    host.call("1002", "5000");
    host.pass(3);
    host.call("1003", "5000");
    host.pass(3);
    host.call("1004", "5000");
    host.pass(3);
    moderates("1012");
    assertThat(host.perform("open", new ConferenceAction.Lock(true))).isEqualTo(DONE);
    alice.hangUp();
    waiting.hangUp();
    host.pass(5);
    assertThat(host.outcomes()).contains("1002 banned", "1004 full", "1012 banned");
    host.kill();

    assertThat(JournalReplay.run(file, host.documents(), Optional.of(RestartedHost.ACME)))
        .extracting(JournalReplay.Result::difference)
        .isEqualTo(Optional.empty());
  }

  @Test
  void theReplayKnowsTheLockAndTheRolesThatTheHostFoundWhenItStarted(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("journal.jsonl");
    SimulatedCaller alice = host.call("1001", "5000");
    host.call("1002", "5000");
    host.pass(5);
    assertThat(host.perform("open", new ConferenceAction.SetRole(alice.uuid(), true)))
        .isEqualTo(DONE);
    assertThat(host.perform("open", new ConferenceAction.Lock(true))).isEqualTo(DONE);
    host.kill().journal(file).start();
    host.pass(3);
    host.call("1003", "5000");
    host.pass(3);
    assertThat(host.perform("open", new ConferenceAction.MuteAll(true))).isEqualTo(DONE);
    assertThat(host.members().get("1001").muted()).isFalse();
    assertThat(host.outcomes()).containsExactly("1003 locked");
    host.kill();

    assertThat(JournalReplay.run(file, host.documents(), Optional.of(RestartedHost.ACME)))
        .extracting(JournalReplay.Result::difference)
        .isEqualTo(Optional.empty());
  }

  // ---- members of rooms

  @Test
  void aMemberStaysInTheRoomWhileTheHostIsDown() {
    host.call("1001", "5000");
    host.pass(5);
    Instant joined = host.members().get("1001").joined();
    host.kill().pass(60);
    assertThat(host.members().get("1001").joined()).isEqualTo(joined);
    host.start();
    assertThat(host.members().get("1001").joined()).isEqualTo(joined);
  }

  @Test
  void aRoomWithAnEndconfMemberContinuesUntilTheyLeave() {
    host.call("1001", "5000");
    host.pass(5);
    String room = host.simulated().rooms().getFirst().name();
    SimulatedCaller ender = host.call("1002", "conference:" + room + "+flags{endconf}");
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1001", "1002");
    host.restart();
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1001", "1002");

    ender.hangUp();
    host.pass(10);

    assertThat(host.members()).isEmpty();
    assertThat(host.outcomes()).containsExactly("1001 ended");
  }

  @Test
  void aMembersKeysWorkAfterTheRestart() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5).restart();
    alice.press("*1");
    host.pass(3);
    assertThat(host.members().get("1001").muted()).isTrue();
    alice.press("*1");
    host.pass(3);
    assertThat(host.members().get("1001").muted()).isFalse();
  }

  @Test
  void theLastMemberCanLeaveWithAKeyAndTakesTheBranchLeft() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5).restart();
    alice.press("#");
    host.pass(5);
    assertThat(host.outcomes()).containsExactly("1001 left");
    assertThat(alice.heard()).contains(TONES.get("left"));
    assertThat(host.simulated().rooms()).isEmpty();
  }

  @Test
  void aKickedMemberTakesTheBranchKicked() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.call("1002", "5000");
    host.pass(5).restart();
    assertThat(host.perform("open", new ConferenceAction.Kick(alice.uuid(), false)))
        .isEqualTo(DONE);
    assertThat(host.outcomes()).containsExactly("1001 kicked");
    assertThat(alice.heard()).contains(TONES.get("kicked"));
    assertThat(host.members()).containsOnlyKeys("1002");
  }

  @Test
  void everyMemberTakesTheBranchEndedWhenTheRoomIsEnded() {
    host.call("1001", "5000");
    host.call("1002", "5000");
    host.pass(5).restart();
    assertThat(host.perform("open", new ConferenceAction.End())).isEqualTo(DONE);
    host.pass(5);
    assertThat(host.outcomes()).containsExactlyInAnyOrder("1001 ended", "1002 ended");
  }

  @Test
  void aMemberWhoHangsUpAfterTheRestartHasTheOutcomeLeft() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5).restart();
    alice.hangUp();
    host.pass(5);
    assertThat(host.outcomes()).containsExactly("? left");
    assertThat(host.live()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void membersKeysWorkAfterTheRestartEvenIfAnswersAreLost(long seed) {
    List<SimulatedCaller> callers =
        IntStream.range(1001, 1021).mapToObj(i -> host.call(String.valueOf(i), "5000")).toList();
    host.pass(5).kill();
    host.simulated().faults(WireFaults.seeded(seed).onlyOf("BACKGROUND_JOB").droppingEvents(0.3));
    host.start().pass(10);
    host.simulated().faults(WireFaults.NONE);
    host.pass(30);

    callers.forEach(caller -> caller.press("*1"));
    host.pass(5);

    assertThat(host.members().values())
        .hasSize(20)
        .extracting(MemberState::muted)
        .containsOnly(true);
  }

  @Test
  void theRoomHearsTheExitToneOfAMemberWhoLeavesAfterTheRestart() {
    host.call("1001", "5000");
    SimulatedCaller bob = host.call("1002", "5000");
    host.pass(5).restart();
    List<String> played = Collections.synchronizedList(new ArrayList<>());
    host.simulated()
        .model()
        .listen(SwitchEvent.RoomPlayQueued.class, sound -> played.add(sound.file()));

    bob.hangUp();
    host.pass(5);

    assertThat(played).singleElement().asString().contains("523,440");
  }

  @Test
  void aMemberCanBeMovedAfterTheRestart() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.call("1002", "5001");
    host.pass(5).restart();
    assertThat(host.perform("open", new ConferenceAction.Move(alice.uuid(), "other")))
        .isEqualTo(DONE);
    assertThat(host.simulated().rooms()).hasSize(1);
    assertThat(host.members()).containsOnlyKeys("1001", "1002");
    alice.press("#");
    host.pass(5);
    assertThat(host.outcomes()).containsExactly("1001 moved");
  }

  @Test
  void aMemberMovedBeforeTheRestartStillTakesTheBranchMoved() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.call("1002", "5001");
    host.pass(5);
    assertThat(host.perform("open", new ConferenceAction.Move(alice.uuid(), "other")))
        .isEqualTo(DONE);
    host.restart();
    alice.press("#");
    host.pass(5);
    assertThat(host.outcomes()).containsExactly("1001 moved");
  }

  @Test
  void aRecordingContinuesAndCanBeStoppedAfterTheRestart() {
    host.call("1001", "5000");
    host.pass(5);
    assertThat(host.perform("open", new ConferenceAction.Record(true))).isEqualTo(DONE);
    host.restart();
    assertThat(view("open").recording()).isTrue();
    assertThat(host.perform("open", new ConferenceAction.Record(false))).isEqualTo(DONE);
    assertThat(view("open").recording()).isFalse();
    assertThat(host.simulated().model().recordings()).hasSize(1);
  }

  @Test
  void aModeratorKeepsTheirRoleAndCanLeaveAfterTheRestart() {
    SimulatedCaller boss = host.call("1009", "5002");
    boss.press("739164#");
    host.pass(5);
    SimulatedCaller alice = host.call("1001", "5002");
    alice.press("482913#");
    host.pass(8).restart();
    assertThat(host.members()).containsOnlyKeys("1001", "1009");
    assertThat(view("board").moderators()).isEqualTo(1);
    boss.press("#");
    host.pass(5);
    assertThat(host.outcomes()).contains("1009 left");
  }

  @Test
  void aMemberWhoseRoomEndsWhileTheHostIsDownTakesTheBranchEnded() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5).kill();
    host.simulated().api("conference " + host.simulated().rooms().getFirst().name() + " kick all");
    host.pass(5).start().pass(5);
    assertThat(host.outcomes()).containsExactly("1001 ended");
    assertThat(alice.heard()).contains(TONES.get("ended"));
  }

  @Test
  void aMemberStaysInTheRoomThroughTwoRestarts() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5).restart().pass(5).restart().pass(5);
    alice.press("*1");
    host.pass(3);
    assertThat(host.members().get("1001").muted()).isTrue();
    alice.press("#");
    host.pass(5);
    assertThat(host.outcomes()).containsExactly("1001 left");
  }

  @Test
  void aDialledParticipantCanBeControlledAfterTheRestart() {
    host.call("1001", "5000");
    host.pass(5);
    host.simulated().callee("sip:carol@example.com", new FarEnd.Answers(Duration.ofSeconds(1)));
    assertThat(
            host.perform(
                "open",
                new ConferenceAction.Dial(
                    DialRequest.to(List.of(new Endpoint.Sip("sip:carol@example.com"))))))
        .isInstanceOf(ActionResult.Done.class);
    Member carol = dialled();
    host.restart();
    host.simulated().model().press(carol.call().value(), '*');
    host.simulated().model().press(carol.call().value(), '1');
    host.pass(3);
    assertThat(dialled().muted()).isTrue();
    assertThat(host.perform("open", new ConferenceAction.Kick(carol.call().value(), false)))
        .isEqualTo(DONE);
    host.pass(5);
    assertThat(host.simulated().model().channel(carol.call().value())).isEmpty();
    assertThat(host.members()).containsOnlyKeys("1001");
  }

  private Member dialled() {
    return view("open").participants().stream()
        .filter(member -> !member.callerNumber().equals("1001"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRestartOfFreeSwitchEndsAdoptedRooms() {
    host.call("1001", "5000");
    host.pass(5).restart();
    host.inHost(() -> {
      host.simulated().restart();
      return true;
    });
    assertThat(host.outcomes()).hasSize(1);
    assertThat(host.<Boolean>inHost(() -> host.conference("open").view().isEmpty())).isTrue();
    host.call("1002", "5000");
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1002");
  }

  private RoomView view(String conference) {
    return host.inHost(() -> host.conference(conference).view().orElseThrow());
  }

  // ---- settings and actions of operators

  @Test
  void aBanStillAppliesAfterTheRestart() {
    host.call("1001", "5000");
    host.pass(5);
    assertThat(host.perform("open", new ConferenceAction.Ban("1002"))).isEqualTo(DONE);
    host.restart();
    host.call("1002", "5000");
    host.pass(5);
    assertThat(host.outcomes()).containsExactly("1002 banned");
    assertThat(host.perform("open", new ConferenceAction.Unban("1002"))).isEqualTo(DONE);
    host.restart();
    host.call("1002", "5000");
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1001", "1002");
  }

  @Test
  void theLimitTheLockTheRolesAndTheVariablesSurviveTheRestart() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5);
    assertThat(host.perform("open", new ConferenceAction.SetRole(alice.uuid(), true)))
        .isEqualTo(DONE);
    assertThat(host.perform("open", new ConferenceAction.SetMaxParticipants(OptionalInt.of(1))))
        .isEqualTo(DONE);
    assertThat(
            host.perform(
                "open", new ConferenceAction.SetVariables(Map.of("topic", "budget"), false)))
        .isEqualTo(DONE);
    host.restart();
    RoomView view = view("open");
    assertThat(view.participants()).singleElement().matches(Member::moderator);
    assertThat(view.metadata()).isEqualTo(Map.of("topic", "budget"));
    SimulatedCaller bob = host.call("1002", "5000");
    host.pass(5);
    assertThat(host.outcomes()).containsExactly("1002 full");
    assertThat(host.members()).containsOnlyKeys("1001");
    assertThat(bob.channel()).isEmpty();
    assertThat(host.perform("open", new ConferenceAction.Lock(true))).isEqualTo(DONE);
    host.restart();
    assertThat(view("open").locked()).isTrue();
  }

  @Test
  void aRepeatedActionIsNotPerformedAgainAfterTheRestart() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5);
    ConferenceAction mute = new ConferenceAction.Mute(alice.uuid(), true);
    assertThat(host.<ActionResult>inHost(() -> host.conference("open").perform(mute, "order-1")))
        .isEqualTo(DONE);
    host.restart();
    assertThat(host.perform("open", new ConferenceAction.Mute(alice.uuid(), false)))
        .isEqualTo(DONE);
    assertThat(host.<ActionResult>inHost(() -> host.conference("open").perform(mute, "order-1")))
        .isEqualTo(DONE);
    assertThat(host.members().get("1001").muted()).as("muted again").isFalse();
    assertThat(
            host.<ActionResult>inHost(
                () -> host.conference("open").perform(new ConferenceAction.Lock(true), "order-1")))
        .isInstanceOf(ActionResult.Refused.class);
  }

  // ---- settings while only callers are there who wait outside

  /** Calls the conference and enters the PIN of a participant, who waits for a moderator. */
  private SimulatedCaller waits(String from) {
    SimulatedCaller caller = host.call(from, "5002");
    host.pass(2);
    caller.press("482913#");
    host.pass(5);
    return caller;
  }

  private SimulatedCaller moderates(String from) {
    SimulatedCaller caller = host.call(from, "5002");
    host.pass(2);
    caller.press("739164#");
    host.pass(8);
    return caller;
  }

  @Test
  void aBanThatWasSetWhileACallerWaitedAppliesAfterTheRestart() {
    waits("1001");
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    host.restart().pass(5);
    assertThat(view("board").waiting()).hasSize(1);
    moderates("1003");
    assertThat(host.outcomes()).containsExactly("1003 banned");
    moderates("1009");
    assertThat(host.members()).containsOnlyKeys("1001", "1009");
    host.restart().pass(5);
    moderates("1003");
    assertThat(host.outcomes()).containsExactly("1003 banned");
  }

  @Test
  void aBannedCallerWhoCallsAtOnceDoesNotGetInBeforeTheWaitingCallersAreBack() {
    waits("1001");
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    host.kill();
    SimulatedCaller banned = host.call("1003", "5002");
    host.start();
    banned.press("739164#");
    host.pass(10);
    assertThat(host.members()).isEmpty();
    assertThat(host.outcomes()).containsExactly("1003 banned");
  }

  @Test
  void theLockTheLimitAndTheVariablesThatWereSetWhileACallerWaitedSurviveTheRestart() {
    waits("1001");
    assertThat(host.perform("board", new ConferenceAction.SetMaxParticipants(OptionalInt.of(2))))
        .isEqualTo(DONE);
    assertThat(
            host.perform(
                "board", new ConferenceAction.SetVariables(Map.of("topic", "budget"), false)))
        .isEqualTo(DONE);
    assertThat(host.perform("board", new ConferenceAction.Lock(true))).isEqualTo(DONE);
    host.restart().pass(5);
    assertThat(view("board").locked()).isTrue();
    assertThat(view("board").metadata()).isEqualTo(Map.of("topic", "budget"));
    assertThat(host.perform("board", new ConferenceAction.Lock(false))).isEqualTo(DONE);
    host.restart().pass(5);
    assertThat(view("board").locked()).isFalse();
    moderates("1009");
    waits("1003");
    assertThat(host.members()).containsOnlyKeys("1001", "1009");
    assertThat(host.outcomes()).containsExactly("1003 full");
    assertThat(host.simulated().rooms().getFirst().variables())
        .containsEntry("confvar_callflow_limit", "2");
  }

  @Test
  void settingsLastIfTheConnectionOfTheOnlyCallerIsLost() {
    SimulatedCaller alice = waits("1001");
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    host.simulated().dropConnections();
    host.pass(10);
    assertThat(view("board").waiting()).hasSize(1);
    moderates("1003");
    assertThat(host.outcomes()).containsExactly("1001 abandoned", "1003 banned");
    assertThat(host.variable(alice, "callflow_settings").orElse("")).isNotEmpty();
    host.restart().pass(5);
    moderates("1003");
    assertThat(host.outcomes()).containsExactly("1003 banned");
  }

  @Test
  void settingsEndIfTheOnlyCallerHangsUpWhileTheirConnectionIsLost() {
    SimulatedCaller alice = waits("1001");
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    host.simulated().dropConnections();
    alice.hangUp();
    host.pass(45);
    moderates("1003");
    assertThat(host.members()).containsOnlyKeys("1003");
  }

  @Test
  void settingsAreKeptWithACallerWhoArrivesLaterAndIsTheOnlyOneLeft() {
    SimulatedCaller first = waits("1001");
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    SimulatedCaller second = host.call("1002", "5002");
    host.pass(2);
    first.hangUp();
    host.pass(2).restart().pass(3);
    second.press("739164#");
    host.pass(5);
    moderates("1003");
    assertThat(host.outcomes()).containsExactly("1003 banned");
  }

  @Test
  void settingsOfARunningRoomLastIfItEndsWhileACallerIsOutsideAndTheHostRestarts() {
    SimulatedCaller boss = moderates("1009");
    SimulatedCaller alice = host.call("1001", "5002");
    host.pass(2);
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    boss.hangUp();
    host.pass(3);
    assertThat(host.simulated().rooms()).isEmpty();
    host.restart().pass(3);
    alice.press("739164#");
    host.pass(5);
    moderates("1003");
    assertThat(host.outcomes()).containsExactly("1003 banned");
  }

  @Test
  void settingsEndWithTheConferenceEvenIfItsLastCallerStaysInTheCallflow() {
    SimulatedCaller alice = moderates("1001");
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    SimulatedCaller bob = host.call("1002", "5002");
    host.pass(2);
    assertThat(host.variable(bob, "callflow_settings")).isPresent();
    bob.press("111#222#333#");
    host.pass(10);
    alice.hangUp();
    bob.hangUp();
    host.pass(5).restart().pass(3);
    moderates("1003");
    assertThat(host.members()).containsOnlyKeys("1003");
  }

  @Test
  void aCallerWhoHasEnteredTheRoomHoldsNoSettingsAfterLeavingIt() {
    waits("1002");
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    SimulatedCaller boss = moderates("1009");
    assertThat(host.variable(boss, "callflow_settings")).isPresent();
    assertThat(host.perform("board", new ConferenceAction.Unban("1003"))).isEqualTo(DONE);
    boss.press("#");
    host.passMillis(300);
    assertThat(boss.channel()).as("still hears the branch left").isPresent();
    assertThat(host.variable(boss, "callflow_settings").orElse("")).isEmpty();
  }

  @Test
  void aRepeatedActionIsNotPerformedAgainIfOnlyAWaitingCallerWasThere() {
    waits("1001");
    ConferenceAction lock = new ConferenceAction.Lock(true);
    assertThat(host.<ActionResult>inHost(() -> host.conference("board").perform(lock, "order-1")))
        .isEqualTo(DONE);
    host.restart().pass(5);
    assertThat(host.perform("board", new ConferenceAction.Lock(false))).isEqualTo(DONE);
    assertThat(host.<ActionResult>inHost(() -> host.conference("board").perform(lock, "order-1")))
        .isEqualTo(DONE);
    assertThat(view("board").locked()).as("locked again").isFalse();
  }

  @Test
  void settingsAreSignedAndContainNoPin() {
    SimulatedCaller alice = waits("1001");
    assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    String settings = host.variable(alice, "callflow_settings").orElseThrow();
    String payload = settings.split("\\.", 2)[0];
    assertThat(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
        .contains("board", "1003", alice.uuid())
        .doesNotContain("482913");
    host.kill();
    String forged = (settings.startsWith("e") ? "f" : "e") + settings.substring(1);
    host.simulated().api("uuid_setvar " + alice.uuid() + " callflow_settings " + forged);
    host.start().pass(5);
    moderates("1003");
    assertThat(host.members()).containsOnlyKeys("1001", "1003");
  }

  // ---- callers outside of rooms

  @Test
  void wrongPinsEnteredBeforeTheRestartStillCount() {
    SimulatedCaller alice = host.call("1001", "5002");
    host.pass(2);
    alice.press("111#");
    host.pass(4).restart().pass(2);
    alice.press("222#");
    host.pass(6);
    assertThat(host.outcomes()).isEmpty();
    alice.press("333#");
    host.pass(6);
    assertThat(host.outcomes()).containsExactly("1001 bad_pin");
    assertThat(alice.heard()).filteredOn(file -> file.contains("enter_conf_pin")).hasSize(4);
  }

  @Test
  void aCallerAtThePinPromptCanEnterTheirPinAfterTheRestart() {
    SimulatedCaller boss = host.call("1009", "5002");
    host.pass(2).kill().pass(15).start().pass(3);
    boss.press("739164#");
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1009");
  }

  @Test
  void aCallerWaitingForAModeratorWaitsAgainAndIsThenAdmitted() {
    SimulatedCaller alice = host.call("1001", "5002");
    host.pass(2);
    alice.press("482913#");
    host.pass(5).restart().pass(5);
    assertThat(view("board").waiting()).hasSize(1);
    assertThat(host.members()).isEmpty();
    SimulatedCaller boss = host.call("1009", "5002");
    host.pass(2);
    boss.press("739164#");
    host.pass(10);
    assertThat(host.members()).containsOnlyKeys("1001", "1009");
  }

  @Test
  void callersOutsideOfRoomsAreDisconnectedIfTheHostStaysDown() {
    SimulatedCaller alice = host.call("1001", "5002");
    host.pass(2).kill().pass(60);
    assertThat(alice.channel()).isEmpty();
  }

  // ---- positions

  @Test
  void aPositionContainsNoPin() {
    SimulatedCaller alice = host.call("1001", "5002");
    host.pass(2);
    alice.press("482913#");
    host.pass(5);
    assertThat(position(alice)).doesNotContain("482913");
    String payload = position(alice).split("\\.", 2)[0];
    assertThat(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
        .contains("board", "outside", alice.uuid())
        .doesNotContain("482913");
  }

  private String position(SimulatedCaller caller) {
    Optional<String> position = host.variable(caller, "callflow_position");
    return position.orElseThrow();
  }

  @Test
  void aHostWithAnotherKeyStartsTheCallflowFromTheBeginning() {
    SimulatedCaller alice = host.call("1001", "5002");
    host.pass(2);
    alice.press("111#");
    host.pass(4).kill().key(PositionKey.random()).start().pass(5);
    alice.press("222#");
    host.pass(6);
    alice.press("333#");
    host.pass(4);
    assertThat(host.outcomes()).isEmpty();
    assertThat(host.live()).isOne();
  }

  @Test
  void aValidPositionReplacesTheConnectionOfALiveCallOnlyOnce() {
    SimulatedCaller alice = host.call("1001", "5002");
    host.pass(2);
    String position = position(alice);
    host.simulated()
        .api("uuid_transfer " + alice.uuid() + " 'socket:127.0.0.1:8084 async full' inline");
    host.pass(3);
    assertThat(host.live()).isOne();
    assertThat(position(alice)).isNotEqualTo(position);
    // A used position does not give another connection control of the call.
    assertThat(host.forge(alice.uuid(), position)).isEmpty();
    alice.press("739164#");
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1001");
  }

  @Test
  void aForgedPositionDoesNotGetControlOfALiveCall() {
    SimulatedCaller alice = host.call("1001", "5002");
    host.pass(2);
    String position = position(alice);
    String forged = (position.startsWith("e") ? "f" : "e") + position.substring(1);
    assertThat(host.forge(alice.uuid(), forged)).isEmpty();
    assertThat(host.forge(alice.uuid(), "")).isEmpty();
    SimulatedCaller bob = host.call("1002", "5002");
    host.pass(2);
    assertThat(host.forge(bob.uuid(), position)).as("the position of another call").isEmpty();
    alice.press("739164#");
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1001");
  }

  @Test
  void aStrangerDoesNotGetControlOfAnAdoptedMember() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5).restart();
    assertThat(host.forge(alice.uuid(), "")).isEmpty();
    assertThat(host.forge(alice.uuid(), "x.y")).isEmpty();
    alice.press("#");
    host.pass(5);
    assertThat(host.outcomes()).containsExactly("1001 left");
  }
}
