package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.process.Subject;
import io.netty.util.internal.PlatformDependent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts calls and holds them. Tasks: {@code port}, {@code held N} (waits until N calls are held),
 * {@code ended N} (waits until N calls have ended) and {@code memory}.
 */
abstract class HoldingServer implements Subject {

  private static final long MAX_NANOS = 60_000_000_000L;

  final AtomicInteger held = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();

  abstract int port();

  @Override
  public Map<String, Double> round(List<String> task) throws InterruptedException {
    return switch (task.getFirst()) {
      case "port" -> Map.of("port", (double) port());
      case "held" -> until(held, Integer.parseInt(task.get(1)));
      case "ended" -> until(ended, Integer.parseInt(task.get(1)));
      case "memory" -> memory();
      default -> throw new IllegalArgumentException("unknown task " + task);
    };
  }

  private static Map<String, Double> until(AtomicInteger count, int target)
      throws InterruptedException {
    long end = System.nanoTime() + MAX_NANOS;
    while (count.get() < target && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    return Map.of("count", (double) count.get(), "cpu", Cost.processSeconds());
  }

  static Map<String, Double> memory() {
    return Map.of(
        "heap", (double) Cost.heap(),
        "direct", (double) Math.max(0, PlatformDependent.usedDirectMemory()),
        "resident", (double) Cost.resident(),
        "threads", (double) Cost.threads(),
        "cpu", Cost.processSeconds());
  }
}
