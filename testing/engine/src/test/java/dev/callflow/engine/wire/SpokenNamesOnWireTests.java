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
import dev.callflow.testkit.network.VirtualNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** FreeSWITCH deletes recorded names, since the host has no access to its files. */
class SpokenNamesOnWireTests {

  private static final AccountId ACME = new AccountId("acme");

  @Test
  void freeSwitchDeletesTheNameOfAnUnknownCallerAfterTheyLeave() throws Exception {
    VirtualTime time = new VirtualTime();
    MemoryStore store =
        new MemoryStore()
            .account(ACME, Json.object())
            .put(
                ACME,
                DocumentType.CONFERENCE,
                "room",
                object("{\"name\":\"Room\",\"play_name\":true,\"play_welcome\":false}"))
            .put(
                ACME,
                DocumentType.CALLFLOW,
                "flow",
                object(
                    """
                    {"numbers":["5000"],"flow":{"module":"conference","data":{"id":"room"}}}\
                    """));
    VirtualNetwork network = new VirtualNetwork(time);
    SimulatedFreeSwitch simulated =
        SimulatedFreeSwitch.builder().password("secret").time(time).network(network).start();
    FreeSwitch host =
        new FreeSwitch(
            FreeSwitchOptions.of(new InetSocketAddress("127.0.0.1", 0), simulated.esl(), "secret"),
            time,
            network.runtime());
    Conferences conferences = Conferences.builder(store, host.mixer(), time).build();
    CallflowEngine engine =
        CallflowEngine.builder(store, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
    time.start(
        "host",
        () -> {
          host.start(engine);
          simulated.handCallsTo(host.calls());
        });
    time.run(Duration.ofSeconds(1));

    SimulatedCaller caller = simulated.call("1001", "Alice", "5000");
    time.run(time.elapsed().plusSeconds(4));
    caller.talk(Duration.ofSeconds(2));
    time.run(time.elapsed().plusSeconds(60));
    assertThat(simulated.rooms()).hasSize(1);
    assertThat(simulated.model().recordings())
        .singleElement()
        .asString()
        .matches("/tmp/name_[0-9a-f]{32}\\.wav");

    caller.hangUp();
    time.run(time.elapsed().plusSeconds(60));
    assertThat(simulated.model().recordings()).isEmpty();
    time.close();
  }

  private static ObjectNode object(String text) {
    return Json.readObject(text);
  }
}
