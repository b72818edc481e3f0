package dev.callflow.examples.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs the program in the README of callflow-freeswitch against a simulated FreeSWITCH. */
class ConnectFreeSwitchIT {

  @Test
  void theReadmeContainsTheProgramTestedHere() throws IOException {
    String readme = Files.readString(Path.of("../../callflow-freeswitch/README.md"));
    String source =
        Files.readString(
            Path.of("src/test/java/dev/callflow/examples/freeswitch/ConnectFreeSwitch.java"));

    assertThat(readme).contains(source.substring(source.indexOf("import ")));
  }

  @Test
  void theProgramPutsACallerIntoAConference() throws Exception {
    AccountId acme = new AccountId("acme");
    MemoryStore documents =
        new MemoryStore()
            .account(acme, Json.object())
            .put(
                acme,
                DocumentType.CALLFLOW,
                "staff",
                Json.readObject(
                    """
                    {"numbers": ["2000"],
                     "flow": {"module": "conference", "data": {"id": "board"}}}
                    """))
            .put(acme, DocumentType.CONFERENCE, "board", Json.readObject("{\"name\": \"Board\"}"));
    try (SimulatedFreeSwitch simulated =
            SimulatedFreeSwitch.builder()
                .esl(new InetSocketAddress("127.0.0.1", 0))
                .password("ClueCon")
                .mediaScale(0.05)
                .start();
        FreeSwitch freeSwitch = ConnectFreeSwitch.start(0, simulated.esl().getPort(), documents)) {
      simulated.handCallsTo(freeSwitch.calls());
      assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();

      SimulatedCaller alice = simulated.call("1001", "Alice", "2000");

      Eventually.holds("Alice is in a room", () -> alice.awaitJoined(Duration.ZERO), alice::heard);
    }
  }
}
