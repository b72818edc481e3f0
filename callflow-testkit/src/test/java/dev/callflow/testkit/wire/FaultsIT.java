package dev.callflow.testkit.wire;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.testkit.model.MemberState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the switch does to it, the engine takes the next call. */
@Timeout(60)
class FaultsIT {

  private static final Duration LONG = Duration.ofSeconds(15);

  private SimulatedFreeSwitch simulated;
  private FreeSwitch freeSwitch;
  private CallflowEngine engine;

  @BeforeEach
  void start() throws Exception {
    simulated = SimulatedFreeSwitch.builder().mediaScale(0.02).start();
    AccountId acme = new AccountId("acme");
    MemoryStore documents =
        new MemoryStore()
            .account(acme, Json.object())
            .put(
                acme,
                DocumentType.CALLFLOW,
                "flow",
                (ObjectNode)
                    Json.read(
                        """
                        {"numbers": ["2000"],
                         "flow": {"module": "conference", "data": {"id": "w1"}}}
                        """))
            .put(
                acme,
                DocumentType.CONFERENCE,
                "w1",
                (ObjectNode)
                    Json.read("{\"name\": \"Weekly\", \"member\": {\"join_muted\": false}}"));
    TimeSource time = TimeSource.system();
    freeSwitch =
        new FreeSwitch(
            FreeSwitchOptions.of(new InetSocketAddress("127.0.0.1", 0), simulated.esl(), "ClueCon"),
            time);
    Conferences conferences = Conferences.builder(documents, freeSwitch.mixer(), time).build();
    engine =
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .defaultAccount(acme)
            .build();
    freeSwitch.start(engine);
    simulated.handCallsTo(freeSwitch.calls());
    assertThat(freeSwitch.awaitConnected(LONG)).isTrue();
  }

  @AfterEach
  void stop() {
    freeSwitch.close();
    simulated.close();
  }

  private SimulatedCaller alice() {
    return simulated.call("1001", "Alice", "2000");
  }

  /** A caller gets in and out again, and nothing of him is left. */
  private void aCallGoesWell() {
    SimulatedCaller bob = simulated.call("1002", "Bob", "2000");
    assertThat(bob).joins();
    bob.hangUp();
    assertThat(bob).endsWith("NORMAL_CLEARING");
    assertThat(holds(() -> engine.live() == 0)).as("no call is left in the engine").isTrue();
  }

  private boolean holds(BooleanSupplier condition) {
    for (int i = 0; i < 300 && !condition.getAsBoolean(); i++) {
      simulated.await(Duration.ofMillis(50));
    }
    return condition.getAsBoolean();
  }

  @Test
  void eventsThatComeTwiceCountOnce() {
    simulated.faults(WireFaults.seeded(1).doublingEvents(1));

    aCallGoesWell();
    aCallGoesWell();
  }

  @Test
  void eventsThatComeLateAreWaitedFor() {
    simulated.faults(WireFaults.seeded(2).delayingEvents(0.5, Duration.ofMillis(150)));

    aCallGoesWell();
  }

  @Test
  void eventsOfRoomsThatGetLostDoNoHarmToCalls() {
    simulated.faults(WireFaults.seeded(3).onlyOf("CUSTOM").droppingEvents(0.3));

    SimulatedCaller alice = alice();
    alice.awaitJoined(Duration.ofSeconds(5));
    alice.hangUp();
    assertThat(alice.awaitEnded(LONG)).isTrue();

    simulated.faults(WireFaults.NONE);
    aCallGoesWell();
  }

  @Test
  void repliesThatComeLateHoldACallUpOnly() {
    simulated.faults(WireFaults.seeded(4).delayingReplies(0.5, Duration.ofMillis(100)));

    aCallGoesWell();
  }

  @Test
  void repliesThatDoNotComeEndTheCallAndNotTheEngine() {
    simulated.faults(WireFaults.seeded(5).losingReplies(1));
    SimulatedCaller alice = alice();
    alice.hangUp();
    assertThat(alice.awaitEnded(LONG)).isTrue();

    simulated.faults(WireFaults.NONE);
    aCallGoesWell();
  }

  @Test
  void aLostConnectionEndsTheCallsAndIsMadeAgain() {
    SimulatedCaller alice = alice();
    assertThat(alice).joins();

    simulated.dropConnections();

    assertThat(holds(() -> engine.live() == 0)).isTrue();
    assertThat(freeSwitch.awaitConnected(LONG)).isTrue();
    alice.hangUp();
    aCallGoesWell();
  }

  @Test
  void aRestartEndsRoomsAndCalls() {
    String before = simulated.api("global_getvar core_uuid");
    SimulatedCaller alice = alice();
    assertThat(alice).joins();

    simulated.restart();

    assertThat(simulated.api("global_getvar core_uuid")).isNotEqualTo(before);
    assertThat(simulated.rooms()).isEmpty();
    assertThat(holds(() -> engine.live() == 0)).isTrue();
    assertThat(freeSwitch.awaitConnected(LONG)).isTrue();
    aCallGoesWell();
  }

  @Test
  void aMixerThatRefusesIsToldToTheCaller() {
    simulated.faults(WireFaults.seeded(6).refusingJoins());

    SimulatedCaller alice = alice();

    assertThat(alice).hears("unavailable");
    assertThat(alice.awaitEnded(LONG)).isTrue();
    assertThat(simulated.rooms()).isEmpty();
  }

  @Test
  void aMemberWhoCannotBeAddressedYetIsAddressedAgain() {
    simulated.faults(WireFaults.seeded(7).hidingMembers(Duration.ofMillis(60)));
    SimulatedCaller alice = alice();
    assertThat(alice).joins();

    simulated.model().press(alice.uuid(), '*');
    simulated.model().press(alice.uuid(), '1');

    assertThat(holds(() -> members().stream().anyMatch(MemberState::muted))).isTrue();
  }

  private List<MemberState> members() {
    return simulated.rooms().stream()
        .flatMap(room -> simulated.model().rooms().members(room.name()).stream())
        .toList();
  }

  @Test
  void theSameSeedMakesTheSameFaults() {
    WireFaults faults = WireFaults.seeded(42).droppingEvents(0.2).doublingEvents(0.2);

    assertThat(fates(faults)).isEqualTo(fates(faults)).contains(WireFaults.Fate.LOST);
    assertThat(fates(faults)).isNotEqualTo(fates(WireFaults.seeded(43).droppingEvents(0.2)));
  }

  private static List<WireFaults.Fate> fates(WireFaults faults) {
    java.util.Random random = new java.util.Random(faults.seed());
    return java.util.stream.Stream.generate(() -> faults.ofEvent("DTMF", random))
        .limit(50)
        .toList();
  }
}
