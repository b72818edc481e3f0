package dev.callflow.benchmarks.calls;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures the CPU time of a host from the start of its process: of the start, of its first 600
 * calls, and of 600 calls when its code has been compiled. Callers press a PIN, enter one of 20
 * rooms and leave.
 *
 * <p>{@code benchmarks/run host} runs the benchmark with the host of {@code ./callflow}. This
 * process replaces FreeSWITCH.
 */
public final class HostBenchmark {

  private static final int ROOMS = 20;
  private static final int CALLS = 600;
  private static final int PER_SECOND = 20;
  private static final int WARM_UP = 10_000;
  private static final int AT_ONCE = 16;

  private HostBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the command that starts the command line of Callflow
   * @throws IOException if the host cannot be started
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("callflow-host");
    try (Exchange exchange = new Exchange(ROOMS)) {
      write(data);
      List<String> command = new ArrayList<>(List.of(args));
      command.addAll(
          List.of(
              "host",
              "--data",
              data.toString(),
              "--listen",
              "127.0.0.1:0",
              "--freeswitch",
              "127.0.0.1:" + exchange.controlPort()));
      Process host =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try {
        BufferedReader output = host.inputReader(StandardCharsets.UTF_8);
        int port = port(output);
        // The host waits if nobody reads what it prints for each call.
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> {}));
        measure(host, exchange, port);
      } finally {
        host.destroy();
        host.waitFor();
      }
    } finally {
      delete(data);
    }
  }

  private static void measure(Process host, Exchange exchange, int port)
      throws InterruptedException {
    double started = cpu(host);
    exchange.evenly(port, CALLS, PER_SECOND);
    double cold = cpu(host);
    System.out.printf(
        "CPU of the host: %.2f s to start, %.2f s after %d calls (%.2f ms a call)%n",
        started, cold, CALLS, (cold - started) / CALLS * 1e3);
    exchange.oneAfterTheOther(port, WARM_UP, AT_ONCE);
    double before = cpu(host);
    exchange.evenly(port, CALLS, PER_SECOND);
    System.out.printf(
        "after %,d more calls: %.2f ms a call%n", WARM_UP, (cpu(host) - before) / CALLS * 1e3);
  }

  /** Returns the port for calls when the host has connected. */
  private static int port(BufferedReader output) throws IOException {
    int port = 0;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("listening for calls at ")) {
        port = Integer.parseInt(line.replaceAll("^.*?:(\\d+),.*$", "$1"));
      }
      if (line.startsWith("connected to FreeSWITCH")) {
        return port;
      }
    }
    throw new IllegalStateException("the host ended before it had connected");
  }

  private static double cpu(Process process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
  }

  private static void write(Path data) throws IOException {
    Path account = data.resolve("accounts/acme");
    Path callflows = Files.createDirectories(account.resolve("callflows"));
    Path conferences = Files.createDirectories(account.resolve("conferences"));
    for (int number = Exchange.FIRST_NUMBER; number < Exchange.FIRST_NUMBER + ROOMS; number++) {
      String id = String.format(Locale.ROOT, "%032d", number);
      Files.writeString(callflows.resolve(id + ".json"), OwnCalls.callflow(number, id));
      Files.writeString(conferences.resolve(id + ".json"), OwnCalls.conference(id));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
