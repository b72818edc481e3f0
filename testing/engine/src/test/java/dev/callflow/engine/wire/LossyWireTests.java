package dev.callflow.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.setup.WireFaults;
import dev.callflow.testkit.network.VirtualNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host notices the end of a call whose caller has hung up, no matter which events are lost. */
class LossyWireTests {

  private static final AccountId ACME = new AccountId("acme");

  /**
   * A time longer than any prompt, and longer than the host needs to notice that a call has ended
   * if no event reports it.
   */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

  private final VirtualTime time = new VirtualTime();
  private SimulatedFreeSwitch freeSwitch;
  private CallflowEngine engine;

  @BeforeEach
  void start() throws Exception {
    VirtualNetwork network = new VirtualNetwork(time);
    freeSwitch = SimulatedFreeSwitch.builder().time(time).network(network).start();
    FreeSwitchOptions options =
        FreeSwitchOptions.of(new InetSocketAddress("127.0.0.1", 0), freeSwitch.esl(), "ClueCon");
    FreeSwitch host = new FreeSwitch(options, time, network.runtime());
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
            .put(ACME, DocumentType.CONFERENCE, "w1", Json.readObject("{\"name\": \"Weekly\"}"));
    engine =
        CallflowEngine.builder(documents, time)
            .modules(Conferences.builder(documents, host.mixer(), time).build().modules())
            .defaultAccount(ACME)
            .build();
    time.start(
        "host",
        () -> {
          host.start(engine);
          freeSwitch.handCallsTo(host.calls());
        });
    time.run(Duration.ofSeconds(1));
  }

  @AfterEach
  void endThreads() {
    freeSwitch.close();
    time.close();
  }

  static IntStream seeds() {
    return IntStream.rangeClosed(1, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCallWithLostEventsEndsWhenTheCallerHangsUp(int seed) throws Exception {
    freeSwitch.faults(WireFaults.seeded(seed).droppingEvents(0.3));
    hangsUpAfter(Duration.ofMillis(200L * seed));
    freeSwitch.faults(WireFaults.NONE);
    hangsUpAfter(LONG_ENOUGH);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void lostRoomEventsDoNotAffectCalls(int seed) throws Exception {
    freeSwitch.faults(WireFaults.seeded(seed).onlyOf("CUSTOM").droppingEvents(0.3));
    hangsUpAfter(LONG_ENOUGH);
    freeSwitch.faults(WireFaults.NONE);
    hangsUpAfter(LONG_ENOUGH);
  }

  private void hangsUpAfter(Duration duration) throws InterruptedException {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
    time.run(time.elapsed().plus(duration));
    alice.hangUp();
    time.run(time.elapsed().plus(LONG_ENOUGH));
    assertThat(alice.cause()).isPresent();
    assertThat(engine.live()).as("live calls on the host").isZero();
  }
}
