package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/** Health and metrics of the command {@code host}. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(300)
class HostManagementIT {

  @TempDir private Path folder;

  private final StringWriter output = new StringWriter();
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Thread host;

  @BeforeEach
  void writeDocuments() throws Exception {
    write("accounts/acme/account.json", "{}");
    write(
        "accounts/acme/callflows/f.json",
        "{\"numbers\":[\"2000\"],\"flow\":{\"module\":\"conference\",\"data\":{\"id\":\"c\"}}}");
    write("accounts/acme/conferences/c.json", "{\"name\":\"Board\"}");
  }

  @AfterEach
  void stop() {
    client.close();
    Thread running = host;
    if (running != null) {
      running.interrupt();
      Eventually.ended(running);
    }
  }

  private void write(String file, String text) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void start(InetSocketAddress eventSocket, String... options) {
    String[] all =
        Stream.of(
                Stream.of("host", "--data", folder.toString(), "--listen", "127.0.0.1:0"),
                Stream.of("--freeswitch", "127.0.0.1:" + eventSocket.getPort()),
                Stream.of(PatientOptions.ofHost()),
                Stream.of(options))
            .flatMap(it -> it)
            .toArray(String[]::new);
    PrintWriter writer = new PrintWriter(output, true);
    host =
        Thread.ofPlatform()
            .start(() -> new CommandLine(new Main()).setOut(writer).setErr(writer).execute(all));
  }

  /** Returns the port that a line of the output names. */
  private int port(String line) {
    Pattern pattern = Pattern.compile(line + "[^:]*:(\\d+)");
    return Eventually.value(
        "a line " + line,
        () -> {
          Matcher found = pattern.matcher(output.toString());
          return found.find() ? Optional.of(Integer.parseInt(found.group(1))) : Optional.empty();
        });
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void aHostIsReadyWhenFreeSwitchIsConnectedAndMeasuresItsCalls() throws Exception {
    try (SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start()) {
      start(freeSwitch.esl(), "--management", "127.0.0.1:0", "--http", "127.0.0.1:0");
      int port = port("serving health and metrics at ");
      port("connected to FreeSWITCH at ");
      assertThat(get(port, "/health/live").body()).isEqualTo("{\"status\":\"live\"}");
      Eventually.holds("ready", () -> get(port, "/health/ready").statusCode() == 200);

      freeSwitch.handCallsTo(new InetSocketAddress("127.0.0.1", port("listening for calls at ")));
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
      Eventually.holds("Alice is in the room", () -> alice.awaitJoined(Duration.ZERO));
      Eventually.passes(() ->
          assertThat(get(port, "/metrics").body())
              .contains(
                  "\ncallflow_calls_live 1.0\n",
                  "\ncallflow_conference_participants 1.0\n",
                  "\njvm_memory_used_bytes{"));

      int api = port("serving the API at ");
      assertThat(get(api, "/metrics").statusCode()).isEqualTo(404);
      assertThat(get(api, "/health/live").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void besideTheApiMetricsNeedATokenAndHealthDoesNot() throws Exception {
    try (SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().start()) {
      start(freeSwitch.esl(), "--http", "127.0.0.1:0");
      int port = port("serving the API at ");
      assertThat(get(port, "/metrics").statusCode()).isEqualTo(401);
      assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aHostWithoutFreeSwitchIsAliveButNotReady() throws Exception {
    InetSocketAddress nobody;
    try (SimulatedFreeSwitch stopped = SimulatedFreeSwitch.builder().start()) {
      nobody = stopped.esl();
    }
    start(nobody, "--management", "127.0.0.1:0");
    int port = port("serving health and metrics at ");
    assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get(port, "/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(Json.read(ready.body()).path("freeswitches_connected").asInt()).isZero();
  }
}
