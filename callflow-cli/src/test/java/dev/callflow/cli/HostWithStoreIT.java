package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/** Tests the command {@code host} with documents in a database. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(300)
class HostWithStoreIT {

  @TempDir private Path folder;

  @Test
  void documentsAreImportedOnceAndStayInTheDatabase() throws Exception {
    writeDocuments();
    String url = "jdbc:h2:" + folder.resolve("calls") + ";PASSWORD=s3cret";

    assertThat(callAHost("--store", url, "--data", folder.toString()))
        .contains("imported from " + folder, "documents: 2")
        .doesNotContain("s3cret");
    assertThat(callAHost("--store", url)).doesNotContain("imported", "s3cret");
  }

  @Test
  void theHostSaysThatThereAreNoTokensUnlessTheDatabaseHasOne() throws Exception {
    writeDocuments();
    String none = "jdbc:h2:" + folder.resolve("none");
    String one = "jdbc:h2:" + folder.resolve("one");
    assertThat(execute("account", "create", "acme", "--store", one)).isZero();
    assertThat(execute("token", "--account", "acme", "--store", one)).isZero();

    assertThat(callAHost("--http", "127.0.0.1:0", "--store", none, "--data", folder.toString()))
        .contains("serving the API at", "no tokens are configured");
    assertThat(callAHost("--http", "127.0.0.1:0", "--store", one, "--data", folder.toString()))
        .contains("serving the API at")
        .doesNotContain("no tokens are configured");
  }

  private static int execute(String... arguments) {
    return new CommandLine(new Main())
        .setOut(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  /** Starts a host, places a call to a conference, and returns what the host prints before. */
  private static String callAHost(String... documents) throws Exception {
    PipedReader output = new PipedReader(8_192);
    try (SimulatedFreeSwitch freeSwitch =
            SimulatedFreeSwitch.builder()
                .esl(new InetSocketAddress("127.0.0.1", 0))
                .mediaScale(0.05)
                .start();
        PrintWriter out = new PrintWriter(new PipedWriter(output));
        BufferedReader lines = new BufferedReader(output)) {
      Stream<String> arguments =
          Stream.of(
              "host",
              "--listen",
              "127.0.0.1:0",
              "--freeswitch",
              "127.0.0.1:" + freeSwitch.esl().getPort(),
              "--store-timeout",
              String.valueOf(Eventually.LIMIT.toSeconds()));
      String[] all =
          Stream.of(arguments, Stream.of(PatientOptions.ofHost()), Stream.of(documents))
              .flatMap(it -> it)
              .toArray(String[]::new);
      CommandLine command =
          new CommandLine(new Main()).setOut(out).setErr(new PrintWriter(new StringWriter()));
      Thread host = Thread.ofPlatform().start(() -> command.execute(all));
      String first = lines.readLine();
      assertThat(first).startsWith("listening for calls at 127.0.0.1:");
      String more =
          lines
              .lines()
              .takeWhile(line -> !line.startsWith("connected to FreeSWITCH at"))
              .collect(Collectors.joining("\n"));
      freeSwitch.handCallsTo(
          new InetSocketAddress(
              "127.0.0.1", Integer.parseInt(first.replaceAll("[^:]*:(\\d+), .*", "$1"))));
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
      Eventually.holds("alice is in a room", () -> alice.awaitJoined(Duration.ZERO), alice::heard);
      alice.hangUp();
      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
      host.interrupt();
      host.join(Eventually.LIMIT);
      assertThat(host.isAlive()).isFalse();
      return first + "\n" + more;
    }
  }

  @Test
  void theHostRequiresDocuments() {
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(err));
    assertThat(command.execute("host")).as(err::toString).isEqualTo(2);
    assertThat(err.toString()).contains("missing documents: specify --data or --store");
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsReportedWithoutThePassword() {
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(err));
    String url = "jdbc:postgresql://127.0.0.1:1/calls?user=me&password=s3cret";
    assertThat(command.execute("host", "--store", url)).as(err::toString).isEqualTo(2);
    assertThat(err.toString())
        .contains("the store at jdbc:postgresql://127.0.0.1:1/calls cannot be opened: ")
        .doesNotContain("s3cret");
  }

  private void writeDocuments() throws IOException {
    write(
        "callflows/f.json",
        "{\"numbers\":[\"2000\"],\"flow\":{\"module\":\"conference\",\"data\":{\"id\":\"c\"}}}");
    write("conferences/c.json", "{\"name\":\"Board\"}");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("accounts/acme").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
