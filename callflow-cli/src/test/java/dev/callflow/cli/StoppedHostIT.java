package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process with the command {@code host} is asked to stop, by SIGTERM. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(300)
class StoppedHostIT {

  @TempDir private Path folder;

  @Test
  void theHostLeavesItsCallsToTheNextHostAndExitsWithZero() throws Exception {
    write(
        "callflows/room.json",
        "{\"numbers\":[\"2000\"],\"flow\":{\"module\":\"conference\",\"data\":{\"id\":\"c\"}}}");
    write(
        "callflows/wait.json",
        "{\"numbers\":[\"3000\"],\"flow\":{\"module\":\"sleep\",\"data\":{\"duration\":600}}}");
    write("conferences/c.json", "{\"name\":\"Board\"}");
    try (SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start()) {
      Process host = start(freeSwitch.esl());
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
        freeSwitch.handCallsTo(callAddress(lines));
        SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
        await(lines, "joined      " + alice.uuid());
        freeSwitch.call("1002", "Bob", "3000");
        await(lines, "sleep");

        // Unlike the same method of the process, this leaves its output readable.
        host.toHandle().destroy();

        assertThat(await(lines, "stopped"))
            .isEqualTo(
                "stopped; left to the next host: participants in rooms: 1, other callers: 1");
        assertThat(host.waitFor()).isZero();
        assertThat(freeSwitch.rooms()).hasSize(1);
      } finally {
        host.destroyForcibly();
      }
    }
  }

  private Process start(InetSocketAddress eventSocket) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("host", "--data", folder.toString(), "--listen", "127.0.0.1:0"));
    command.addAll(List.of("--freeswitch", "127.0.0.1:" + eventSocket.getPort()));
    command.addAll(List.of("--closing-timeout", "0"));
    command.addAll(List.of(PatientOptions.ofHost()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static InetSocketAddress callAddress(BufferedReader lines) throws IOException {
    String port = await(lines, "listening for calls at").replaceAll("[^:]*:(\\d+), .*", "$1");
    await(lines, "connected to FreeSWITCH at");
    return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
  }

  private static String await(BufferedReader lines, String part) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(part)) {
        return line;
      }
    }
    throw new IllegalStateException("the host has ended without the line " + part);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("accounts/acme").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
