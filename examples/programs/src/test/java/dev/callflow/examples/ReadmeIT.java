package dev.callflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.host.Callflow;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.testkit.junit.CallflowCase;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples from the README. */
class ReadmeIT {

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @Test
  void theEmbeddedApplicationOfTheReadmeTakesACall(@TempDir Path data) throws Exception {
    write(
        data.resolve("accounts/acme/callflows/staff.json"),
        """
        {"numbers": ["2000"],
         "flow": {"module": "conference", "data": {"id": "b0a4d000000000000000000000000001"}}}
        """);
    write(
        data.resolve("accounts/acme/conferences/b0a4d000000000000000000000000001.json"),
        "{\"name\": \"Board\"}");
    try (SimulatedFreeSwitch simulated =
        SimulatedFreeSwitch.builder().password("secret").mediaScale(0.05).start()) {
      String eventSocket = "127.0.0.1:" + simulated.esl().getPort();
      String listen = "127.0.0.1:0";
      String password = "secret";

      try (Callflow callflow =
          Callflow.builder().data(data).freeSwitch(eventSocket, password).listen(listen).start()) {
        callflow
            .conferences()
            .onEvent(event -> {
              switch (event) {
                case ConferenceEvent.MemberJoined joined ->
                    events.add(joined.participant().callerName() + " joins");
                case ConferenceEvent.MemberLeft left ->
                    events.add(left.participant().callerName() + " leaves");
                default -> events.add(event.name());
              }
            });

        simulated.handCallsTo(callflow.calls());
        assertThat(callflow.awaitConnected(Eventually.LIMIT)).isTrue();
        SimulatedCaller alice = simulated.call("1001", "Alice", "2000");
        Eventually.holds(
            "alice is in a room", () -> alice.awaitJoined(Duration.ZERO), alice::heard);
        alice.hangUp();
        Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
        assertThat(Eventually.next("an event", events)).isEqualTo("conference-create");
        assertThat(Eventually.next("an event", events)).isEqualTo("Alice joins");
        assertThat(Eventually.next("an event", events)).isEqualTo("Alice leaves");
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @CallflowCase("three-wrong-pins.case.json")
  void threeWrongPinsAndOut() {}

  @Test
  void theProgramsInTheReadmeAreTheOnesTestedHere() throws Exception {
    String source =
        withoutSpace(
            Files.readString(Path.of("src/test/java/dev/callflow/examples/ReadmeIT.java"))
                .replace("data(data)", "data(Path.of(\"data\"))")
                .replace("freeSwitch(eventSocket,", "freeSwitch(\"127.0.0.1:8021\",")
                .replace("listen(listen)", "listen(\"127.0.0.1:8084\")")
                .replace("events.add(", "System.out.println("));

    List<String> programs =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../README.md")))
            .results()
            .map(result -> result.group(1))
            .toList();

    assertThat(programs).hasSize(2);
    assertThat(source).contains(withoutSpace(body(programs.getFirst())));
    assertThat(source).contains(withoutSpace(programs.getLast()));
  }

  /** Returns the statements that differ from those of the test only in their addresses. */
  private static String body(String program) {
    return program.substring(
        program.indexOf("try (Callflow"), program.indexOf("new CountDownLatch"));
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }
}
