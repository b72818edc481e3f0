package dev.callflow.benchmarks.others;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.process.Figures;
import dev.callflow.benchmarks.process.SubjectProcess;
import dev.callflow.benchmarks.process.Turns;
import dev.callflow.benchmarks.report.Effort;
import dev.callflow.benchmarks.report.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the CPU time that Callflow and programs with other clients use for the same work on the
 * simulated FreeSWITCH: a caller enters a PIN and joins a conference; all 100 members are muted;
 * the participants are listed. {@code benchmarks/run others} runs the benchmark.
 */
public final class OthersBenchmark {

  private static final String OWN = "others/own";
  private static final String ESL_CLIENT = "others/esl-client-0.9.2";
  private static final String WITHOUT_CALLS = "others/freeswitch-esl-2.2.0";
  private static final List<String> ON_THE_JVM = List.of(OWN, ESL_CLIENT, WITHOUT_CALLS);
  private static final List<String> ON_NODE = List.of("others/modesl", "others/esl");

  private static final int MEMBERS = 100;
  private static final Duration BETWEEN_KEYS = Duration.ofMillis(50);

  /** Fewer, since esl-client 0.9.2 starts 16 threads for each call, which outlive it by 30 s. */
  private static final int WARM_UP_CALLS_OF_ESL_CLIENT = 150;

  /** Longer than esl waits before it closes the connection of a call that has ended. */
  private static final long SETTLING = TimeUnit.MILLISECONDS.toNanos(300);

  private static final int MAX_SECONDS = 30;

  private OthersBenchmark() {}

  /** A program, and the simulated FreeSWITCH that it controls. */
  private record Contender(SubjectProcess process, Callers callers) implements AutoCloseable {

    static Contender start(String name, Path node) {
      try {
        int callPort = freePort();
        Callers callers = new Callers(callPort);
        int controlPort = callers.controlPort();
        String program = name.substring(name.indexOf('/') + 1);
        return new Contender(
            ON_NODE.contains(name)
                ? SubjectProcess.of(
                    name,
                    List.of(
                        "node",
                        node.resolve("subject.mjs").toString(),
                        program,
                        String.valueOf(controlPort),
                        String.valueOf(callPort)))
                : new SubjectProcess(name, controlPort, callPort),
            callers);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      }
    }

    String name() {
      return process.name();
    }

    boolean takesCalls() {
      return !name().equals(WITHOUT_CALLS);
    }

    double cpu() {
      return process.round("cost").get("cpu");
    }

    /** Lets 100 members join, checks that the program does all the work, and warms it up. */
    void prepare(int warmUpCalls) {
      cpu();
      try {
        if (takesCalls()) {
          callers.join(MEMBERS);
        } else {
          callers.joinByDialplan(MEMBERS);
        }
        check();
        if (takesCalls()) {
          callers.visit(
              name().equals(ESL_CLIENT) ? WARM_UP_CALLS_OF_ESL_CLIENT : warmUpCalls, Duration.ZERO);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private void check() {
      awaitListed(0);
      process.round("mute", 1);
      require(callers.muted() == MEMBERS, "does not mute all");
      awaitListed(MEMBERS);
      process.round("mute", 2);
      require(callers.muted() == 0, "does not unmute all");
      awaitListed(0);
    }

    private void awaitListed(int muted) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
      Figures listed = process.round("list", 1);
      while (listed.get("members") != MEMBERS || listed.get("muted") != muted) {
        require(System.nanoTime() < deadline, "lists " + listed);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        listed = process.round("list", 1);
      }
    }

    private void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalStateException(name() + " " + otherwise);
      }
    }

    /** Repeats a task ever more often, which warms it up, until it takes some CPU time. */
    int timesToFill(String task, double seconds) {
      int times = 2;
      while (process.round(task, times).get("cpu") < seconds) {
        times *= 2;
      }
      return times;
    }

    Figures cost(String task, int times) {
      return new Figures(Map.of("cpu", process.round(task, times).get("cpu") / times * 1e6));
    }

    Figures calls(int count) {
      double before = cpu();
      try {
        double[] micros = callers.visit(count, BETWEEN_KEYS);
        LockSupport.parkNanos(SETTLING);
        return new Figures(
            Map.of(
                "cpu",
                (cpu() - before) / count * 1e6,
                "p50",
                Cost.percentile(micros, 0.5) / 1e3,
                "p99",
                Cost.percentile(micros, 0.99) / 1e3));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      process.close();
      callers.close();
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param args the JSON file to write; the folder of the programs for Node.js; then {@code quick}
   *     or {@code full}
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Effort effort = args[2].equals("full") ? Effort.FULL : Effort.QUICK;
    Report report = new Report(effort, System.out);
    List<Contender> contenders = new ArrayList<>();
    try {
      Stream.concat(ON_THE_JVM.stream(), ON_NODE.stream())
          .forEach(name -> contenders.add(Contender.start(name, Path.of(args[1]))));
      contenders.forEach(it -> it.prepare(effort.commands() / 2));
      List<Contender> withCalls = contenders.stream().filter(Contender::takesCalls).toList();
      calls(
          report,
          turns(withCalls, effort, it -> it.calls(effort.commands() / 20)),
          names(withCalls));
      cost(report, "Muting all of 100 members", contenders, effort, "mute");
      cost(report, "Listing 100 participants", contenders, effort, "list");
    } finally {
      contenders.forEach(Contender::close);
      report.write(Path.of(args[0]));
    }
  }

  private interface Work extends Function<Contender, Figures> {}

  private static List<String> names(List<Contender> contenders) {
    return contenders.stream().map(Contender::name).toList();
  }

  private static Turns turns(List<Contender> contenders, Effort effort, Work work) {
    BiFunction<SubjectProcess, Integer, Figures> round =
        (process, number) ->
            work.apply(
                contenders.stream()
                    .filter(it -> it.process() == process)
                    .findFirst()
                    .orElseThrow());
    return Turns.take(contenders.stream().map(Contender::process).toList(), effort.rounds(), round);
  }

  private static void calls(Report report, Turns turns, List<String> names) {
    report.section("A caller enters a PIN, joins and leaves");
    figures(report, turns, names, "us");
    report.section("Last key press to the next command");
    for (String percentile : List.of("p50", "p99")) {
      for (String name : names) {
        report.add(name + ", " + percentile, turns.median(name, it -> it.get(percentile)), "ms");
      }
    }
  }

  private static void cost(
      Report report, String title, List<Contender> contenders, Effort effort, String task) {
    Map<String, Integer> times =
        contenders.stream()
            .collect(Collectors.toMap(Contender::name, it -> it.timesToFill(task, effort.round())));
    Turns turns = turns(contenders, effort, it -> it.cost(task, times.getOrDefault(it.name(), 1)));
    contenders.forEach(Contender::check);
    report.section(title);
    figures(report, turns, names(contenders), "us");
  }

  private static void figures(Report report, Turns turns, List<String> names, String unit) {
    for (String name : names) {
      report.add(name + ", CPU", turns.median(name, it -> it.get("cpu")), unit);
    }
    for (String name : names) {
      if (!name.equals(OWN)) {
        report.ratio(name + " against own, CPU", turns.ratio(name, OWN, it -> it.get("cpu")));
      }
    }
  }
}
