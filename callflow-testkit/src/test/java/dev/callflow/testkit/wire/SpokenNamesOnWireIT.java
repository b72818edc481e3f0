package dev.callflow.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.MemoryStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.testkit.ScaledTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A name that a caller has said is deleted on FreeSWITCH's machine, where we have no files. */
class SpokenNamesOnWireIT {

  private static final AccountId ACME = new AccountId("acme");
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void aStrangersNameIsDeletedByFreeSwitchWhenHeIsGone() throws Exception {
    ScaledTime time = new ScaledTime(20);
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
    try (SimulatedFreeSwitch simulated =
            SimulatedFreeSwitch.builder().password("secret").time(time).start();
        FreeSwitch freeSwitch =
            new FreeSwitch(
                FreeSwitchOptions.of(
                    new InetSocketAddress("127.0.0.1", 0), simulated.esl(), "secret"),
                time)) {
      Conferences conferences = Conferences.builder(store, freeSwitch.mixer(), time).build();
      freeSwitch.start(
          CallflowEngine.builder(store, time)
              .modules(conferences.modules())
              .defaultAccount(ACME)
              .build());
      assertThat(freeSwitch.awaitConnected(SOON)).isTrue();
      simulated.handCallsTo(freeSwitch.calls());

      SimulatedCaller caller = simulated.call("1001", "Alice", "5000");
      assertThat(caller.awaitHeard("tone_stream", 1, SOON)).isTrue();
      caller.talk(Duration.ofSeconds(20));
      assertThat(caller.awaitJoined(SOON)).isTrue();
      assertThat(simulated.model().recordings())
          .singleElement()
          .asString()
          .matches("/tmp/name_[0-9a-f]{32}\\.wav");

      caller.hangUp();
      for (int i = 0; i < 6_000 && !simulated.model().recordings().isEmpty(); i++) {
        simulated.await(Duration.ofMillis(10));
      }
      assertThat(simulated.model().recordings()).isEmpty();
    }
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) Json.read(text);
  }
}
