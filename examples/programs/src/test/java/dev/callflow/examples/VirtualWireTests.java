package dev.callflow.examples;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;
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
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.testkit.network.VirtualNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Contains the program of docs/testing.md for virtual time. */
class VirtualWireTests {

  @Test
  void anHourInTheConferenceTakesNoRealTime() throws IOException, InterruptedException {
    VirtualTime time = new VirtualTime();
    VirtualNetwork network = new VirtualNetwork(time);
    SimulatedFreeSwitch freeSwitch =
        SimulatedFreeSwitch.builder().time(time).network(network).start();
    FreeSwitch host = new FreeSwitch(options(freeSwitch), time, network.runtime());
    CallflowEngine engine = engine(host, time);
    time.start(
        "host",
        () -> {
          host.start(engine);
          freeSwitch.handCallsTo(host.calls());
          freeSwitch.call("1001", "Alice", "2000");
        });

    time.run(Duration.ofHours(1));

    assertThat(freeSwitch.rooms().getFirst()).hasMembers(1);
    assertThat(freeSwitch.effects()).noneMatch(Effect.CommandRun.class::isInstance);
    time.close();
  }

  private static FreeSwitchOptions options(SimulatedFreeSwitch freeSwitch) {
    return FreeSwitchOptions.of(new InetSocketAddress("127.0.0.1", 0), freeSwitch.esl(), "ClueCon");
  }

  private static CallflowEngine engine(FreeSwitch host, VirtualTime time) {
    AccountId acme = new AccountId("acme");
    MemoryStore documents =
        new MemoryStore()
            .account(acme, Json.object())
            .put(
                acme,
                DocumentType.CALLFLOW,
                "flow",
                json(
                    """
                    {"numbers": ["2000"],
                     "flow": {"module": "conference", "data": {"id": "w1"}}}
                    """))
            .put(acme, DocumentType.CONFERENCE, "w1", json("{\"name\": \"Weekly\"}"));
    return CallflowEngine.builder(documents, time)
        .modules(Conferences.builder(documents, host.mixer(), time).build().modules())
        .defaultAccount(acme)
        .build();
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }
}
