package dev.callflow.benchmarks;

import dev.callflow.benchmarks.calls.CallSuite;
import dev.callflow.benchmarks.connections.ConnectionSuite;
import dev.callflow.benchmarks.decode.DecodeSuite;
import dev.callflow.benchmarks.report.Effort;
import dev.callflow.benchmarks.report.Report;
import dev.callflow.benchmarks.roundtrip.RoundTripSuite;
import dev.callflow.benchmarks.stream.ReplayServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the benchmark suites, prints a table of the figures and writes them as JSON. */
public final class Benchmarks {

  private static final List<String> SUITES =
      List.of("socket", "memory", "roundtrip", "connections", "calls");

  private Benchmarks() {}

  /**
   * Runs the benchmarks.
   *
   * @param args the JSON file to write; then {@code quick} or {@code full}; then, if wanted, {@code
   *     --rounds} and their number; then the suites to run, by default all
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    List<String> arguments = List.of(args);
    Effort effort = arguments.get(1).equals("full") ? Effort.FULL : Effort.QUICK;
    int next = 2;
    if (args.length > 3 && args[2].equals("--rounds")) {
      effort = effort.withRounds(Integer.parseInt(args[3]));
      next = 4;
    }
    List<String> suites = args.length > next ? arguments.subList(next, args.length) : SUITES;
    Path file = Path.of(arguments.getFirst());
    Report report = new Report(effort, System.out);
    try {
      run(suites, effort, report);
    } finally {
      report.write(file);
    }
    System.out.println("\n" + file);
  }

  static void run(List<String> suites, Effort effort, Report report) {
    try (ReplayServer server = new ReplayServer()) {
      for (String suite : suites) {
        switch (suite) {
          case "socket" -> new DecodeSuite(effort, report).overSocket(server);
          case "memory" -> new DecodeSuite(effort, report).inMemory();
          case "roundtrip" -> new RoundTripSuite(effort, report, server).run();
          case "connections" -> {
            new ConnectionSuite(effort, report).outbound();
            new ConnectionSuite(effort, report).inbound(server);
          }
          case "calls" -> new CallSuite(effort, report).run();
          default ->
              throw new IllegalArgumentException(
                  "the suite must be one of " + SUITES + ", but is " + suite);
        }
      }
    }
  }
}
