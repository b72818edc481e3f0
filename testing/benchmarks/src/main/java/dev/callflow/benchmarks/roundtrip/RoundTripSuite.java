package dev.callflow.benchmarks.roundtrip;

import dev.callflow.benchmarks.process.SubjectProcess;
import dev.callflow.benchmarks.process.Turns;
import dev.callflow.benchmarks.report.Effort;
import dev.callflow.benchmarks.report.Report;
import dev.callflow.benchmarks.stream.ReplayServer;
import java.util.ArrayList;
import java.util.List;

/** Measures the time from a command to its reply, and compares it with that of bare Netty. */
public final class RoundTripSuite {

  private static final String OWN = "roundtrip/own";
  private static final String BARE = "roundtrip/bare";
  private static final String IN_LOOP = "roundtrip/bare-in-loop";

  private static final double MAX_RATIO = 1.2;
  private static final int EVENTS = 5_000;
  private static final int PIPELINED = 10;

  private final Effort effort;
  private final Report report;
  private final ReplayServer server;

  /**
   * Creates the suite.
   *
   * @param effort determines the number of commands
   * @param report receives the figures
   * @param server the server that answers the commands
   */
  public RoundTripSuite(Effort effort, Report report, ReplayServer server) {
    this.effort = effort;
    this.report = report;
    this.server = server;
  }

  /** Runs the suite. */
  public void run() {
    List<SubjectProcess> subjects = new ArrayList<>();
    try {
      for (String name : List.of(OWN, BARE, IN_LOOP)) {
        subjects.add(new SubjectProcess(name, server.port()));
      }
      for (SubjectProcess subject : subjects) {
        subject.round("many", effort.commands() * PIPELINED);
        subject.round("one", effort.commands(), EVENTS);
        subject.round("one", effort.commands(), 0);
      }
      oneByOne("Command to reply, idle", subjects, 0);
      oneByOne("Command to reply, with 5,000 events a second", subjects, EVENTS);
      pipelined(subjects.subList(0, 2));
    } finally {
      subjects.forEach(SubjectProcess::close);
    }
  }

  private void oneByOne(String title, List<SubjectProcess> subjects, int events) {
    report.section(title);
    Turns turns =
        Turns.take(
            subjects,
            effort.rounds(),
            (subject, round) -> subject.round("one", effort.commands(), events));
    for (String percentile : List.of("p50", "p99")) {
      for (SubjectProcess subject : subjects) {
        report.add(
            subject.name() + ", " + percentile,
            turns.median(subject.name(), figures -> figures.get(percentile)),
            "us");
      }
      report.ratioAtMost(
          "own against bare, " + percentile,
          turns.ratio(OWN, BARE, figures -> figures.get(percentile)),
          MAX_RATIO);
      report.ratio(
          "own against bare-in-loop, " + percentile,
          turns.ratio(OWN, IN_LOOP, figures -> figures.get(percentile)));
    }
    report.add(
        "own, one after another", turns.median(OWN, figures -> figures.get("rate")), "commands/s");
  }

  private void pipelined(List<SubjectProcess> subjects) {
    report.section("Commands pipelined, 256 unanswered at once");
    Turns turns =
        Turns.take(
            subjects,
            effort.rounds(),
            (subject, round) -> subject.round("many", effort.commands() * PIPELINED));
    for (String name : List.of(OWN, BARE)) {
      report.add(name, turns.median(name, figures -> figures.get("rate")), "commands/s");
      report.add(name + ", CPU", turns.median(name, figures -> figures.get("cpu")), "us/command");
    }
  }
}
