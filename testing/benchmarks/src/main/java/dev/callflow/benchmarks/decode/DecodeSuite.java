package dev.callflow.benchmarks.decode;

import dev.callflow.benchmarks.process.Figures;
import dev.callflow.benchmarks.process.Interval;
import dev.callflow.benchmarks.process.SubjectProcess;
import dev.callflow.benchmarks.process.Turns;
import dev.callflow.benchmarks.report.Effort;
import dev.callflow.benchmarks.report.Report;
import dev.callflow.benchmarks.stream.Recording;
import dev.callflow.benchmarks.stream.ReplayServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measures the cost of reading the recorded events. */
public final class DecodeSuite {

  private static final String SOCKET = "socket/";
  private static final String MEMORY = "memory/";
  private static final List<String> PEERS = List.of("esl-client-0.9.2", "freeswitch-esl-2.2.0");

  private static final double MIN_PEER_RATIO = 9;
  private static final double MIN_FRAMING_RATIO = 0.4;
  private static final double MAX_SCAN_RATIO = 2;
  private static final double MAX_COPY_RATIO = 1.3;
  private static final double MAX_OVERHEAD_BYTES = 128;

  private final Effort effort;
  private final Report report;

  /**
   * Creates the suite.
   *
   * @param effort determines how long to measure
   * @param report receives the figures
   */
  public DecodeSuite(Effort effort, Report report) {
    this.effort = effort;
    this.report = report;
  }

  /**
   * Measures the clients, from the socket to the handler.
   *
   * @param server the server that sends the events
   */
  public void overSocket(ReplayServer server) {
    report.section("Socket to handler, three headers read");
    Turns turns = turns(SOCKET, SocketReceiver.names(), server.port());
    for (String name : SocketReceiver.names()) {
      report.add(
          name, turns.median(SOCKET + name, DecodeSuite::eventsPerCpuSecond), "events/CPU s");
    }
    for (String own : List.of("own-owned-read", "own-borrowed-read")) {
      for (String peer : PEERS) {
        report.ratioAtLeast(
            own + " against " + peer,
            turns.ratio(SOCKET + own, SOCKET + peer, DecodeSuite::eventsPerCpuSecond),
            MIN_PEER_RATIO);
      }
    }
    report.ratioAtLeast(
        "own-borrowed-read against framing alone",
        turns.ratio(
            SOCKET + "own-borrowed-read", SOCKET + "framing", DecodeSuite::eventsPerCpuSecond),
        MIN_FRAMING_RATIO);
  }

  private static double eventsPerCpuSecond(Figures figures) {
    return figures.get("events") / figures.get("cpu");
  }

  /** Measures the decoders alone. */
  public void inMemory() {
    report.section("Decoding in memory");
    Turns turns = turns(MEMORY, Decoding.names());
    for (String name : Decoding.names()) {
      report.add(name, turns.median(MEMORY + name, DecodeSuite::nanosPerEvent), "ns/event");
    }
    for (String own : List.of("own-borrowed-compared", "own-borrowed-read", "own-owned-read")) {
      report.ratioAtMost(
          own + " against the faster scan",
          Stream.of("scan", "scan-simple")
              .map(scan -> turns.ratio(MEMORY + own, MEMORY + scan, DecodeSuite::nanosPerEvent))
              .max(Comparator.comparingDouble(Interval::median))
              .orElseThrow(),
          MAX_SCAN_RATIO);
    }
    report.ratioAtMost(
        "own-owned against copying",
        turns.ratio(MEMORY + "own-owned", MEMORY + "copying", DecodeSuite::nanosPerEvent),
        MAX_COPY_RATIO);
    for (String peer : PEERS) {
      report.ratio(
          peer + " against own-owned-read",
          turns.ratio(MEMORY + peer, MEMORY + "own-owned-read", DecodeSuite::nanosPerEvent));
    }
    double frame = (double) Recording.PLAIN.events().length / Recording.EVENTS;
    report.add("size of a frame", frame, "bytes/event");
    report.atMost(
        "own-borrowed-compared allocates, beyond Netty's own reading",
        Math.max(0, allocated(turns, "own-borrowed-compared") - allocated(turns, "framing")),
        "bytes/event",
        0);
    report.atMost(
        "own-owned allocates",
        allocated(turns, "own-owned"),
        "bytes/event",
        frame + MAX_OVERHEAD_BYTES);
    for (String name : List.of("own-owned-read", "own-map", PEERS.get(0), PEERS.get(1))) {
      report.add(name + " allocates", allocated(turns, name), "bytes/event");
    }
  }

  private static double allocated(Turns turns, String name) {
    return turns.median(
        MEMORY + name, figures -> Math.floor(figures.get("allocated") / figures.get("events")));
  }

  private static double nanosPerEvent(Figures figures) {
    return figures.get("cpu") * 1e9 / (figures.get("passes") * Recording.EVENTS);
  }

  private Turns turns(String kind, List<String> names, Object... arguments) {
    List<SubjectProcess> subjects = new ArrayList<>();
    try {
      names.forEach(name -> subjects.add(new SubjectProcess(kind + name, arguments)));
      return Turns.fill(subjects, effort.rounds(), effort.warmUp(), effort.round());
    } finally {
      subjects.forEach(SubjectProcess::close);
    }
  }
}
