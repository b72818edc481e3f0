package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.process.Figures;
import dev.callflow.benchmarks.process.SubjectProcess;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the heap that a member of a conference takes: lets 10,000 callers enter 100 rooms of one
 * process with a heap of 256 MB.
 *
 * <p>{@code benchmarks/run members} runs the benchmark. The threads of calls are virtual, so their
 * stacks are in the heap and are counted.
 */
public final class MembersBenchmark {

  private static final int MEGABYTES = 256;
  private static final int FIRST = 500;
  private static final int MEMBERS = 10_000;
  private static final int BAR = 10_000;
  private static final int SECONDS_TO_SETTLE = 15;

  private MembersBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the number of members, by default 10,000
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    int members = args.length > 0 ? Integer.parseInt(args[0]) : MEMBERS;
    try (Exchange exchange = new Exchange(CallSubjects.ROOMS);
        SubjectProcess library =
            SubjectProcess.withHeap(MEGABYTES, "calls/rooms", exchange.controlPort())) {
      int port = (int) library.round("port").get("port");
      // The first calls load classes and create rooms, which is not part of the cost of a member.
      exchange.hold(port, FIRST);
      Figures before = settled(library);
      exchange.hold(port, members);
      Figures full = settled(library);
      double heap = (full.get("heap") - before.get("heap")) / members;
      System.out.printf(
          "%,d members in %d rooms, with a heap of %d MB: %,.0f bytes of heap each (bar: %,d);"
              + " heap in use %,.1f MB, resident %,.1f MB%n",
          members + FIRST,
          CallSubjects.ROOMS,
          MEGABYTES,
          heap,
          BAR,
          full.get("heap") / 1e6,
          full.get("resident") / 1e6);
      exchange.hangUp();
      Figures after = settled(library);
      System.out.printf(
          "when all have left: heap in use %,.1f MB; before: %,.1f MB%n",
          after.get("heap") / 1e6, before.get("heap") / 1e6);
    }
  }

  /** Waits until the timers of ended calls have gone. */
  private static Figures settled(SubjectProcess library) {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS_TO_SETTLE));
    return library.round("memory");
  }
}
