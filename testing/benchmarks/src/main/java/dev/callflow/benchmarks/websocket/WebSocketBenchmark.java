package dev.callflow.benchmarks.websocket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how many events our server sends to WebSocket clients per CPU second, and compares this
 * number with that of bare Javalin, which sends the same bytes.
 *
 * <p>{@code benchmarks/run websocket} runs the benchmark. Each server has its own process with one
 * core. The clients run in this process, and their CPU time is not counted.
 */
public final class WebSocketBenchmark {

  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration MEASURED = Duration.ofSeconds(6);
  private static final String SUBSCRIBE =
      "{\"action\":\"subscribe\",\"auth_token\":\"t\",\"data\":{\"account_id\":\"acme\","
          + "\"binding\":\"conference.event.room-1.*\"}}";

  private record Figure(double perCpuSecond, double perSecond, int bytes, long lost) {}

  private WebSocketBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the number of clients, by default 1,000; then one or more rates to measure, in
   *     events a second for each client, by default 50, 200 and 1,000
   * @throws IOException if a server cannot be started or connected to
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int clients = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    int[] rates =
        args.length > 1
            ? Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray()
            : new int[] {50, 200, 1_000};
    for (int rate : rates) {
      Figure[] own = new Figure[ROUNDS];
      Figure[] bare = new Figure[ROUNDS];
      double[] ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        own[round] = measure("own", 0, clients, rate);
        bare[round] = measure("bare", own[round].bytes(), clients, rate);
        ratios[round] = own[round].perCpuSecond() / bare[round].perCpuSecond();
      }
      System.out.printf(
          "%,d clients, %,d events/s of %,d bytes to each:%n", clients, rate, own[0].bytes());
      print("ours", own);
      print("bare Javalin", bare);
      System.out.printf("  ratio per CPU second %.2f%n", median(ratios));
    }
  }

  private static void print(String name, Figure[] figures) {
    System.out.printf(
        "  %-12s %,9.0f events/CPU s, %,9.0f events/s reached, %,d lost%n",
        name,
        median(Arrays.stream(figures).mapToDouble(Figure::perCpuSecond).toArray()),
        median(Arrays.stream(figures).mapToDouble(Figure::perSecond).toArray()),
        Arrays.stream(figures).mapToLong(Figure::lost).sum());
  }

  private static double median(double[] all) {
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Figure measure(String subject, int bytes, int clients, int rate)
      throws IOException, InterruptedException {
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:ActiveProcessorCount=1",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SendingServer.class.getName(),
                subject,
                String.valueOf(bytes),
                String.valueOf(rate))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(output.readLine());
      try (ReceivingClients receiver = new ReceivingClients(port, clients, SUBSCRIBE)) {
        while (receiver.frames() < clients) {
          LockSupport.parkNanos(1_000_000);
        }
        server.getOutputStream().write('g');
        server.getOutputStream().flush();
        Thread.sleep(WARM_UP);
        long frames = receiver.frames();
        long read = receiver.bytes();
        long cpu = cpu(server);
        long start = System.nanoTime();
        Thread.sleep(MEASURED);
        frames = receiver.frames() - frames;
        read = receiver.bytes() - read;
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (cpu(server) - cpu) / 1e9;
        server.getOutputStream().close();
        // The first four bytes of each frame are its header.
        return new Figure(
            frames / cpuSeconds,
            frames / seconds,
            (int) (read / Math.max(1, frames)) - 4,
            Long.parseLong(output.readLine()));
      }
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static long cpu(Process process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }
}
