package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.process.Figures;
import dev.callflow.benchmarks.process.SubjectProcess;
import dev.callflow.benchmarks.report.Effort;
import dev.callflow.benchmarks.report.Report;
import dev.callflow.benchmarks.stream.ReplayServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures the cost of idle connections. */
public final class ConnectionSuite {

  private static final double ALL = 10_000;
  private static final double NEARLY_NONE = 100;

  private final Effort effort;
  private final Report report;

  /**
   * Creates the suite.
   *
   * @param effort determines the number of connections
   * @param report receives the figures
   */
  public ConnectionSuite(Effort effort, Report report) {
    this.effort = effort;
    this.report = report;
  }

  /**
   * Measures the cost of calls that FreeSWITCH hands over. All calls are held at the same time, and
   * then ended.
   */
  public void outbound() {
    try (Callers callers = new Callers()) {
      report.section(
          "Outbound connections, with a greeting of " + callers.channelDataSize() + " bytes each");
      for (String name : new String[] {"own", "bare"}) {
        try (SubjectProcess subject = new SubjectProcess("outbound/" + name)) {
          outbound(name, subject, callers);
        }
      }
    }
  }

  private void outbound(String name, SubjectProcess subject, Callers callers) {
    int port = (int) subject.round("port").get("port");
    // The first calls load classes and create threads, which is not part of the cost of a call.
    int first = Math.min(effort.outbound(), 200);
    callers.call(port, first);
    subject.round("held", first);
    callers.hangUp();
    subject.round("ended", first);
    Figures before = subject.round("memory");

    long start = System.nanoTime();
    int connected = callers.call(port, effort.outbound());
    double held = subject.round("held", first + connected).get("count") - first;
    double seconds = (System.nanoTime() - start) / 1e9;
    Figures full = subject.round("memory");
    long end = System.nanoTime();
    callers.hangUp();
    double ended = subject.round("ended", first + connected).get("count") - first;
    double closing = (System.nanoTime() - end) / 1e9;
    Figures closed = subject.round("memory");
    Figures after = settled(subject, before, closed, held);

    if (name.equals("own") && effort.outbound() >= ALL) {
      report.atLeast(name + ", opened, greeted and held at once", held, "connections", ALL);
      report.atLeast(name + ", closed, and their end reported", ended, "connections", ALL);
    } else {
      report.add(name + ", opened, greeted and held at once", held, "connections");
      report.add(name + ", closed, and their end reported", ended, "connections");
    }
    report.add(name + ", opened and greeted", held / seconds, "connections/s");
    report.add(name + ", closed", ended / closing, "connections/s");
    report.add(
        name + ", CPU to open, greet and close",
        (closed.get("cpu") - before.get("cpu")) / held * 1e6,
        "us/connection");
    difference(name, before, full)
        .forEach((figure, value) -> report.add(figure, value / held, "bytes/connection"));
    report.add(
        name + ", heap still used when all have just been closed",
        kept(before, closed, held),
        "bytes/connection");
    report.add(
        name + ", heap still used some seconds later",
        kept(before, after, held),
        "bytes/connection");
  }

  /** Waits until the memory of the ended calls has been released, but only for a limited time. */
  private Figures settled(
      SubjectProcess subject, Figures before, Figures closed, double connections) {
    Figures after = closed;
    for (int i = 0; i < effort.settling() && kept(before, after, connections) > NEARLY_NONE; i++) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      after = subject.round("memory");
    }
    return after;
  }

  private static double kept(Figures before, Figures after, double connections) {
    return Math.max(0, after.get("heap") - before.get("heap")) / connections;
  }

  /**
   * Measures the cost of clients that connect and stay connected.
   *
   * @param server the server that the clients connect to
   */
  public void inbound(ReplayServer server) {
    report.section("Inbound clients");
    try (SubjectProcess subject = new SubjectProcess("inbound/own", server.port())) {
      subject.round("open", 5);
      Figures before = subject.round("memory");
      Figures full = subject.round("open", effort.inbound());
      difference("own", before, full)
          .forEach((figure, value) -> report.add(figure, value / effort.inbound(), "bytes/client"));
      report.add(
          "own, platform threads",
          (full.get("threads") - before.get("threads")) / effort.inbound(),
          "threads/client");
    }
  }

  private static Map<String, Double> difference(String name, Figures before, Figures after) {
    Map<String, Double> difference = new LinkedHashMap<>();
    difference.put(name + ", heap", after.get("heap") - before.get("heap"));
    difference.put(name + ", outside the heap", after.get("direct") - before.get("direct"));
    return difference;
  }
}
