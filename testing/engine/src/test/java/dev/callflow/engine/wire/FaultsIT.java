package dev.callflow.engine.wire;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.setup.WireFaults;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The engine survives every fault of the switch and takes the next call. */
@Timeout(300)
class FaultsIT {

  private static final AccountId ACME = new AccountId("acme");
  private static final ActionResult DONE = new ActionResult.Done(List.of());
  private SimulatedFreeSwitch simulated;
  private FreeSwitch freeSwitch;
  private CallflowEngine engine;
  private Conferences conferences;

  @BeforeEach
  void start() throws Exception {
    start(Eventually.LIMIT);
  }

  private void start(Duration controlTimeout) throws Exception {
    simulated = SimulatedFreeSwitch.builder().mediaScale(0.02).start();
    MemoryStore documents =
        new MemoryStore()
            .account(ACME, Json.object())
            .put(
                ACME,
                DocumentType.CALLFLOW,
                "flow",
                Json.readObject(
                    """
                    {"numbers": ["2000"],
                     "flow": {"module": "conference", "data": {"id": "w1"}}}
                    """))
            .put(
                ACME,
                DocumentType.CONFERENCE,
                "w1",
                Json.readObject("{\"name\": \"Weekly\", \"member\": {\"join_muted\": false}}"));
    TimeSource time = TimeSource.system();
    freeSwitch =
        new FreeSwitch(
            PatientOptions.of(simulated, "ClueCon").controlTimeout(controlTimeout).build(), time);
    conferences = Conferences.builder(documents, freeSwitch.mixer(), time).build();
    engine =
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
    freeSwitch.start(engine);
    simulated.handCallsTo(freeSwitch.calls());
    assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
  }

  @AfterEach
  void stop() {
    freeSwitch.close();
    simulated.close();
  }

  /** Uses a host that gives up earlier, for a test that loses the replies to commands. */
  private void startImpatient() throws Exception {
    stop();
    start(Duration.ofSeconds(5));
  }

  private SimulatedCaller alice() {
    return simulated.call("1001", "Alice", "2000");
  }

  /** A caller joins and hangs up, and no trace of the call remains. */
  private void aCallSucceeds() {
    SimulatedCaller bob = simulated.call("1002", "Bob", "2000");
    assertThat(bob).joins();
    bob.hangUp();
    assertThat(bob).endsWith("NORMAL_CLEARING");
    Eventually.holds("no call is left in the engine", () -> engine.live() == 0, engine::live);
  }

  @Test
  void duplicateEventsCountOnce() {
    simulated.faults(WireFaults.seeded(1).doublingEvents(1));

    aCallSucceeds();
    aCallSucceeds();
  }

  @Test
  void aMemberWithDuplicateEventsIsOneParticipant() {
    simulated.faults(WireFaults.seeded(1).doublingEvents(1));
    SimulatedCaller alice = alice();
    assertThat(alice).joins();
    Eventually.holds("one participant is listed", () -> participants() == 1, this::participants);

    simulated.faults(WireFaults.NONE);
    SimulatedCaller bob = simulated.call("1002", "Bob", "2000");
    assertThat(bob).joins();
    Eventually.holds("two participants are listed", () -> participants() == 2, this::participants);
    bob.hangUp();
    Eventually.holds("one participant is listed", () -> participants() == 1, this::participants);
    assertThat(weekly().perform(new ConferenceAction.End())).isEqualTo(DONE);
    Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
  }

  private Conference weekly() {
    return conferences.conference(ACME, "w1");
  }

  private int participants() {
    return weekly().view().map(view -> view.participants().size()).orElse(0);
  }

  /**
   * All events of these calls are lost: the ends of playbacks, the keys, and the ends of the calls.
   */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void callsWithLostEventsAreNotHeldForever() {
    simulated.faults(WireFaults.seeded(8).onlyOf("CHANNEL_.*|DTMF").droppingEvents(1));
    SimulatedCaller alice = alice();
    Eventually.holds(
        "alice hears conf-", () -> alice.awaitHeard("conf-", 1, Duration.ZERO), alice::heard);
    alice.hangUp();
    Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
    Eventually.holds("the engine has released the call", () -> engine.live() == 0, engine::live);

    simulated.faults(WireFaults.NONE);
    aCallSucceeds();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void anActionWhoseEventIsLostIsDoneWhenTheRoomShowsIt() {
    SimulatedCaller alice = alice();
    assertThat(alice).joins();
    Eventually.holds("one participant is listed", () -> participants() == 1, this::participants);
    simulated.faults(WireFaults.seeded(9).onlyOf("CUSTOM").droppingEvents(1));

    assertThat(weekly().perform(new ConferenceAction.Mute(alice.uuid(), true))).isEqualTo(DONE);
    assertThat(weekly().view().orElseThrow().participants().getFirst().muted()).isTrue();
  }

  @Test
  void lateEventsDoNotFailACall() {
    simulated.faults(WireFaults.seeded(2).delayingEvents(0.5, Duration.ofMillis(150)));

    aCallSucceeds();
  }

  @Test
  void lateRepliesOnlyDelayACall() {
    simulated.faults(WireFaults.seeded(4).delayingReplies(0.5, Duration.ofMillis(100)));

    aCallSucceeds();
  }

  @Test
  void lostRepliesEndTheCallButNotTheEngine() throws Exception {
    startImpatient();
    simulated.faults(WireFaults.seeded(5).losingReplies(1));
    SimulatedCaller alice = alice();
    alice.hangUp();
    Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);

    simulated.faults(WireFaults.NONE);
    aCallSucceeds();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void anActionWithoutReplyIsUnknownAndTheNextOneSucceeds() throws Exception {
    startImpatient();
    SimulatedCaller alice = alice();
    assertThat(alice).joins();
    Eventually.holds("one participant is listed", () -> participants() == 1, this::participants);
    simulated.faults(WireFaults.seeded(10).losingReplies(1).droppingEvents(1));

    assertThat(weekly().perform(new ConferenceAction.Mute(alice.uuid(), true)))
        .isInstanceOf(ActionResult.Unknown.class);

    simulated.faults(WireFaults.NONE);
    assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
    Eventually.holds(
        "the room can be locked",
        () -> weekly().perform(new ConferenceAction.Lock(true)).equals(DONE));
    assertThat(simulated.rooms().getFirst()).isLocked();
  }

  @Test
  void aLostConnectionEndsTheCallsAndIsReestablished() {
    SimulatedCaller alice = alice();
    assertThat(alice).joins();

    simulated.dropConnections();

    Eventually.holds("no call is left in the engine", () -> engine.live() == 0, engine::live);
    assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
    alice.hangUp();
    aCallSucceeds();
  }

  @Test
  void aRestartEndsRoomsAndCalls() {
    String before = simulated.api("global_getvar core_uuid");
    SimulatedCaller alice = alice();
    assertThat(alice).joins();

    simulated.restart();

    assertThat(simulated.api("global_getvar core_uuid")).isNotEqualTo(before);
    assertThat(simulated.rooms()).isEmpty();
    Eventually.holds("no call is left in the engine", () -> engine.live() == 0, engine::live);
    assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
    aCallSucceeds();
  }

  @Test
  void theRoomsOfARestartedSwitchEndWithThatReason() throws Exception {
    SimulatedCaller alice = alice();
    assertThat(alice).joins();
    Eventually.holds("one participant is listed", () -> participants() == 1, this::participants);

    try (EventStream events = weekly().events(weekly().view().orElseThrow().version(), 100)) {
      simulated.restart();

      assertThat(end(events).loss()).contains(MixerLoss.MIXER_RESTARTED);
    }
    Eventually.holds("the conference is no longer running", () -> weekly().view().isEmpty());
  }

  private static ConferenceEvent.Ended end(EventStream events) throws Exception {
    while (true) {
      if (events.next(Eventually.LIMIT).orElseThrow()
          instanceof EventStream.Item.Happened(ConferenceEvent.Ended ended)) {
        return ended;
      }
    }
  }

  @Test
  void aCallerHearsThatTheMixerRefusesTheJoin() {
    simulated.faults(WireFaults.seeded(6).refusingJoins());

    SimulatedCaller alice = alice();

    assertThat(alice).hears("unavailable");
    Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
    assertThat(simulated.rooms()).isEmpty();

    simulated.faults(WireFaults.NONE);
    aCallSucceeds();
  }

  @Test
  void commandsToAMemberWhoIsNotAddressableYetAreRetried() {
    simulated.faults(WireFaults.seeded(7).hidingMembers(Duration.ofMillis(60)));
    SimulatedCaller alice = alice();
    assertThat(alice).joins();

    simulated.model().press(alice.uuid(), '*');
    simulated.model().press(alice.uuid(), '1');

    Eventually.holds(
        "a member is muted", () -> members().stream().anyMatch(MemberState::muted), this::members);
  }

  private List<MemberState> members() {
    return simulated.rooms().stream()
        .flatMap(room -> simulated.model().rooms().members(room.name()).stream())
        .toList();
  }
}
