package dev.callflow.benchmarks;

import dev.callflow.benchmarks.calls.CallSubjects;
import dev.callflow.benchmarks.connections.ConnectionSubjects;
import dev.callflow.benchmarks.decode.DecodeSubjects;
import dev.callflow.benchmarks.others.OtherSubjects;
import dev.callflow.benchmarks.process.Subject;
import dev.callflow.benchmarks.requests.RequestSubjects;
import dev.callflow.benchmarks.roundtrip.RoundTripSubjects;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The main class of a subject's process. Each input line is a task, and each output line contains
 * the figures of one task.
 */
final class SubjectMain {

  private SubjectMain() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    // Redirect the output that a peer prints, so that it is not mistaken for figures.
    System.setOut(System.err);
    Subject subject = subject(args[0], List.of(args).subList(1, args.length));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      StringBuilder answer = new StringBuilder("figures");
      for (Map.Entry<String, Double> figure : subject.round(List.of(line.split(" "))).entrySet()) {
        answer
            .append(' ')
            .append(figure.getKey())
            .append('=')
            .append(String.format(Locale.ROOT, "%.9f", figure.getValue()));
      }
      out.println(answer);
      out.flush();
    }
    // Some peers leave threads behind, which would keep the process alive.
    System.exit(0);
  }

  private static Subject subject(String name, List<String> arguments) throws Exception {
    String[] kind = name.split("/");
    return switch (kind[0]) {
      case "memory" -> DecodeSubjects.memory(kind[1]);
      case "socket" -> DecodeSubjects.socket(kind[1], Integer.parseInt(arguments.getFirst()));
      case "roundtrip" -> RoundTripSubjects.of(kind[1], Integer.parseInt(arguments.getFirst()));
      case "outbound" -> ConnectionSubjects.outbound(kind[1]);
      case "inbound" -> ConnectionSubjects.inbound(Integer.parseInt(arguments.getFirst()));
      case "calls" -> CallSubjects.of(kind[1], Integer.parseInt(arguments.getFirst()));
      case "others" ->
          OtherSubjects.of(
              kind[1],
              Integer.parseInt(arguments.getFirst()),
              Integer.parseInt(arguments.getLast()));
      case "requests" -> RequestSubjects.of(kind[1], Integer.parseInt(arguments.getFirst()));
      default -> throw new IllegalArgumentException("unknown subject " + name);
    };
  }
}
