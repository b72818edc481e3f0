package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.process.Figures;
import dev.callflow.benchmarks.process.SubjectProcess;
import dev.callflow.benchmarks.process.Turns;
import dev.callflow.benchmarks.report.Effort;
import dev.callflow.benchmarks.report.Report;
import java.util.List;
import java.util.Map;

/**
 * Measures calls with a PIN, from the moment the connection is accepted until the caller enters the
 * conference, and the time from a key press to its effect. Compares the figures with those of bare
 * Netty that sends the same commands.
 */
public final class CallSuite {

  private static final String OWN = "calls/own";
  private static final String BARE = "calls/bare";

  private static final int AT_ONCE = 64;
  private static final double MIN_RATE_RATIO = 0.8;
  private static final double MAX_DELAY_RATIO = 1.5;
  private static final int WARM_UP = 3;
  private static final int ROUND_SECONDS = 5;
  private static final int SLOW = 200;
  private static final int FAST = 1_000;

  private final Effort effort;
  private final Report report;

  /**
   * Creates the suite.
   *
   * @param effort determines the number of calls
   * @param report receives the figures
   */
  public CallSuite(Effort effort, Report report) {
    this.effort = effort;
    this.report = report;
  }

  /** Places the calls of one round. */
  private interface Placing {
    Exchange.Round place(Exchange exchange, int port) throws InterruptedException;
  }

  /** Runs the suite. */
  public void run() {
    try (Exchange ofOwn = new Exchange();
        Exchange ofBare = new Exchange();
        SubjectProcess own = new SubjectProcess(OWN, ofOwn.controlPort());
        SubjectProcess bare = new SubjectProcess(BARE, ofBare.controlPort())) {
      int calls = effort.commands() / 2;
      Placing backToBack = (exchange, port) -> exchange.oneAfterTheOther(port, calls, AT_ONCE);
      ofOwn.hold(port(own));
      ofBare.hold(port(bare));
      for (int i = 0; i < WARM_UP; i++) {
        backToBack.place(ofOwn, port(own));
        backToBack.place(ofBare, port(bare));
      }
      List<SubjectProcess> subjects = List.of(own, bare);
      rate(
          Turns.take(
              subjects,
              effort.rounds(),
              (subject, round) -> figures(subject, subject == own ? ofOwn : ofBare, backToBack)));
      for (int perSecond : List.of(SLOW, FAST)) {
        Placing evenly =
            (exchange, port) ->
                exchange.evenly(port, Math.min(calls, perSecond * ROUND_SECONDS), perSecond);
        keys(
            perSecond,
            Turns.take(
                subjects,
                effort.rounds(),
                (subject, round) -> figures(subject, subject == own ? ofOwn : ofBare, evenly)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int port(SubjectProcess subject) {
    return (int) subject.round("port").get("port");
  }

  private static Figures figures(SubjectProcess subject, Exchange exchange, Placing placing) {
    double cpu = subject.round("cost").get("cpu");
    try {
      Exchange.Round round = placing.place(exchange, port(subject));
      return new Figures(
          Map.of(
              "rate",
              round.entered() / round.seconds(),
              "cpu",
              (subject.round("cost").get("cpu") - cpu) / round.entered() * 1e6,
              "p50",
              round.percentile(0.5),
              "p99",
              round.percentile(0.99)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void rate(Turns turns) {
    report.section("Calls with a PIN, from connection to conference, " + AT_ONCE + " at once");
    for (String name : List.of(OWN, BARE)) {
      report.add(name, turns.median(name, figures -> figures.get("rate")), "calls/s");
      report.add(name + ", CPU", turns.median(name, figures -> figures.get("cpu")), "us/call");
    }
    report.ratioAtLeast(
        "own against bare, calls a second",
        turns.ratio(OWN, BARE, figures -> figures.get("rate")),
        MIN_RATE_RATIO);
    report.ratio("own against bare, CPU", turns.ratio(OWN, BARE, figures -> figures.get("cpu")));
  }

  private void keys(int perSecond, Turns turns) {
    report.section("Last key press to the next command, " + perSecond + " calls a second");
    for (String percentile : List.of("p50", "p99")) {
      for (String name : List.of(OWN, BARE)) {
        report.add(
            name + ", " + percentile, turns.median(name, figures -> figures.get(percentile)), "us");
      }
    }
    report.ratioAtMost(
        "own against bare, p99",
        turns.ratio(OWN, BARE, figures -> figures.get("p99")),
        MAX_DELAY_RATIO);
  }
}
