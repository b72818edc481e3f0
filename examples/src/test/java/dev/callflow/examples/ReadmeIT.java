package dev.callflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.testkit.junit.CallflowCase;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Runs the examples from the README. */
class ReadmeIT {

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @Test
  void theEmbeddedApplicationOfTheReadmeTakesACall() throws Exception {
    AccountId acme = new AccountId("acme");
    ObjectNode callflow =
        (ObjectNode)
            Json.read(
                """
                {"numbers": ["2000"],
                 "flow": {"module": "conference", "data": {"id": "b0a4d000000000000000000000000001"}}}
                """);
    ObjectNode conference = (ObjectNode) Json.read("{\"name\": \"Board\"}");
    try (SimulatedFreeSwitch simulated =
        SimulatedFreeSwitch.builder().esl(ANY).password("secret").mediaScale(0.05).start()) {
      InetSocketAddress listenForCalls = ANY;
      InetSocketAddress eventSocket = simulated.esl();
      String password = "secret";

      TimeSource time = TimeSource.system();
      MemoryStore documents =
          new MemoryStore()
              .account(acme, Json.object())
              .put(acme, DocumentType.CALLFLOW, "staff", callflow)
              .put(acme, DocumentType.CONFERENCE, "b0a4d000000000000000000000000001", conference);

      FreeSwitch freeSwitch =
          new FreeSwitch(FreeSwitchOptions.of(listenForCalls, eventSocket, password), time);
      Conferences conferences = Conferences.builder(documents, freeSwitch.mixer(), time).build();
      CallflowEngine engine =
          CallflowEngine.builder(documents, time)
              .modules(conferences.modules())
              .defaultAccount(acme)
              .build();
      freeSwitch.start(engine);

      conferences.onEvent(event -> events.add(event.event()));

      simulated.handCallsTo(freeSwitch.calls());
      assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
      SimulatedCaller alice = simulated.call("1001", "Alice", "2000");
      Eventually.holds("alice is in a room", () -> alice.awaitJoined(Duration.ZERO), alice::heard);
      alice.hangUp();
      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
      assertThat(Eventually.next("an event", events)).isEqualTo("conference-create");
      assertThat(Eventually.next("an event", events)).isEqualTo("add-member");
      assertThat(Eventually.next("an event", events)).isEqualTo("del-member");
      freeSwitch.close(Eventually.LIMIT);
    }
  }

  @CallflowCase("three-wrong-pins.case.json")
  void threeWrongPinsAndOut() {}

  @Test
  void theProgramsInTheReadmeAreTheOnesTestedHere() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    String source =
        withoutSpace(
            Files.readString(Path.of("src/test/java/dev/callflow/examples/ReadmeIT.java"))
                .replace("events.add(event.event())", "System.out.println(event.event())"));

    List<String> programs =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(readme)
            .results()
            .map(result -> result.group(1))
            .toList();

    assertThat(programs).hasSize(2).allSatisfy(it -> assertThat(source).contains(withoutSpace(it)));
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
