package dev.callflow.examples.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.EslCallHandler;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.testkit.wire.SimulatedCaller;
import dev.callflow.testkit.wire.SimulatedFreeSwitch;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of esl-transport's README, run against a simulated FreeSWITCH. */
@Isolated("they print to System.out")
class ProgramsIT {

  private static final Duration LONG = Duration.ofSeconds(10);

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

  /** Collects what is printed, line by line. */
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

  private String next() throws InterruptedException {
    return printed.poll(10, TimeUnit.SECONDS);
  }

  /** A program of the test before may still say that its FreeSWITCH is gone. */
  private boolean prints(String expected) throws InterruptedException {
    String line = next();
    while (line != null && !line.equals(expected)) {
      line = next();
    }
    return line != null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"OriginateAndWait", "PlayAndCollect", "FollowConferences", "TakeCalls", "Monitor"})
  void theReadmeShowsTheProgramAsItIsRunHere(String program) throws IOException {
    String readme = Files.readString(Path.of("../esl-transport/README.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/callflow/examples/esl/" + program + ".java"));

    assertThat(readme).contains(source.substring(source.indexOf("import ")));
  }

  @Test
  void originateAndWaitTellsWhenTheCallIsAnswered() throws Exception {
    // A server that prints nothing: what it said of the call's end could come in the next test.
    try (EslServer answering =
        new EslServer(
                EslServerOptions.builder(new InetSocketAddress("127.0.0.1", 0)).build(),
                EslCallHandler.script(call -> {
                  call.run("answer", "", LONG);
                  call.run("park", "", LONG);
                }))
            .start()) {
      freeSwitch.handCallsTo(answering.address());

      OriginateAndWait.main(new String[] {String.valueOf(freeSwitch.esl().getPort())});

      assertThat(prints("answered")).isTrue();
    }
  }

  @Test
  void playAndCollectTellsTheDigits() throws Exception {
    try (EslServer server = PlayAndCollect.start(0)) {
      freeSwitch.handCallsTo(server.address());
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "5000");
      assertThat(alice.awaitHeard("conference/conf-pin.wav", 1, LONG)).isTrue();
      alice.press("4711");

      assertThat(prints("entered 4711")).isTrue();
      assertThat(alice.awaitEnded(LONG)).isTrue();
      assertThat(alice.heard()).endsWith("conference/conf-goodbye.wav");
    }
  }

  @Test
  void followConferencesTellsWhoComesAndGoes() throws Exception {
    try (EslClient client = FollowConferences.start(freeSwitch.esl().getPort());
        EslServer room =
            new EslServer(
                    EslServerOptions.builder(new InetSocketAddress("127.0.0.1", 0)).build(),
                    EslCallHandler.script(call -> call.run("conference", "violet@default", LONG)))
                .start()) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      freeSwitch.handCallsTo(room.address());
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "5000");
      assertThat(prints("Alice enters violet")).isTrue();
      alice.hangUp();
      assertThat(prints("Alice leaves violet")).isTrue();
    }
  }

  @Test
  void takeCallsTellsTheKeyAndTheEnd() throws Exception {
    try (EslServer server = TakeCalls.start(0)) {
      freeSwitch.handCallsTo(server.address());
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "5000");
      assertThat(alice.awaitHeard("conference/conf-welcome.wav", 1, LONG)).isTrue();
      alice.press("5");

      assertThat(prints("key 5")).isTrue();
      assertThat(prints("ended NORMAL_CLEARING")).isTrue();
      assertThat(alice.awaitEnded(LONG)).isTrue();
    }
  }

  @Test
  void theMonitorComesBackAfterALoss() throws Exception {
    try (EslClient client = Monitor.start(freeSwitch.esl().getPort())) {
      assertThat(next()).startsWith("connected to ");
      freeSwitch.dropConnections();
      assertThat(next()).startsWith("lost");
      assertThat(next()).startsWith("connected to ");
      assertThat(client.awaitConnected(LONG)).isTrue();
    }
  }
}
