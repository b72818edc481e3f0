package dev.callflow.examples.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.EslCallHandler;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the programs of esl-transport's README against a simulated FreeSWITCH. */
@Isolated("the programs print to System.out")
class ProgramsIT {

  private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
  private final PrintStream before = System.out;
  private SimulatedFreeSwitch freeSwitch;

  @BeforeEach
  void start() throws IOException {
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .esl(new InetSocketAddress("127.0.0.1", 0))
            .password("ClueCon")
            .mediaScale(0.05)
            .start();
    System.setOut(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setOut(before);
    freeSwitch.close();
  }

  /** Collects the printed lines. */
  private final class Lines extends OutputStream {
    private final StringBuilder line = new StringBuilder();

    @Override
    public synchronized void write(int character) {
      if (character == '\n') {
        printed.add(line.toString());
        line.setLength(0);
      } else {
        line.append((char) character);
      }
    }
  }

  private String next() {
    return Eventually.next("a line", printed);
  }

  /**
   * Skips other lines: the program of an earlier test may still print that its connection is lost.
   */
  private void prints(String expected) {
    String line = next();
    while (!line.equals(expected)) {
      line = next();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"OriginateAndWait", "PlayAndCollect", "FollowConferences", "TakeCalls", "Monitor"})
  void theReadmeShowsTheProgramThatRunsHere(String program) throws IOException {
    String readme = Files.readString(Path.of("../../esl-transport/README.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/callflow/examples/esl/" + program + ".java"));

    assertThat(readme).contains(source.substring(source.indexOf("import ")));
  }

  @Test
  void originateAndWaitPrintsThatTheCallIsAnswered() throws Exception {
    // This server prints nothing, because a late line would disturb the next test.
    try (EslServer answering =
        new EslServer(
                EslServerOptions.builder(new InetSocketAddress("127.0.0.1", 0))
                    .handshakeTimeout(Eventually.LIMIT)
                    .build(),
                EslCallHandler.script(call -> {
                  call.run("answer", "", Eventually.LIMIT);
                  call.run("park", "", Eventually.LIMIT);
                }))
            .start()) {
      freeSwitch.handCallsTo(answering.address());

      OriginateAndWait.main(new String[] {String.valueOf(freeSwitch.esl().getPort())});

      prints("answered");
    }
  }

  @Test
  void playAndCollectPrintsTheDigits() throws Exception {
    try (EslServer server = PlayAndCollect.start(0)) {
      freeSwitch.handCallsTo(server.address());
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "5000");
      Eventually.holds(
          "alice hears conference/conf-pin.wav",
          () -> alice.awaitHeard("conference/conf-pin.wav", 1, Duration.ZERO),
          alice::heard);
      alice.press("4711");

      prints("entered 4711");
      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
      assertThat(alice.heard()).endsWith("conference/conf-goodbye.wav");
    }
  }

  @Test
  void followConferencesPrintsJoinsAndLeaves() throws Exception {
    try (EslClient client = FollowConferences.start(freeSwitch.esl().getPort());
        EslServer room =
            new EslServer(
                    EslServerOptions.builder(new InetSocketAddress("127.0.0.1", 0))
                        .handshakeTimeout(Eventually.LIMIT)
                        .build(),
                    EslCallHandler.script(
                        call -> call.run("conference", "violet@default", Eventually.LIMIT)))
                .start()) {
      assertThat(client.awaitConnected(Eventually.LIMIT)).isTrue();
      freeSwitch.handCallsTo(room.address());
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "5000");
      prints("Alice enters violet");
      alice.hangUp();
      prints("Alice leaves violet");
    }
  }

  @Test
  void takeCallsPrintsTheKeyAndTheEnd() throws Exception {
    try (EslServer server = TakeCalls.start(0)) {
      freeSwitch.handCallsTo(server.address());
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "5000");
      Eventually.holds(
          "alice hears conference/conf-welcome.wav",
          () -> alice.awaitHeard("conference/conf-welcome.wav", 1, Duration.ZERO),
          alice::heard);
      alice.press("5");

      prints("key 5");
      prints("ended NORMAL_CLEARING");
      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
    }
  }

  @Test
  void theMonitorReconnectsAfterAConnectionLoss() throws Exception {
    try (EslClient client = Monitor.start(freeSwitch.esl().getPort())) {
      assertThat(next()).startsWith("connected to ");
      freeSwitch.dropConnections();
      assertThat(next()).startsWith("connection lost");
      assertThat(next()).startsWith("connected to ");
      assertThat(client.awaitConnected(Eventually.LIMIT)).isTrue();
    }
  }
}
