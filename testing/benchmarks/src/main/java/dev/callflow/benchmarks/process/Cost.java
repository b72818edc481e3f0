package dev.callflow.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What something costs. */
public final class Cost {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final double NANOS = 1e9;

  private Cost() {}

  /**
   * Returns the CPU time of this process: all threads, the collector's and the compiler's too.
   *
   * @return seconds
   */
  public static double processSeconds() {
    return SYSTEM.getProcessCpuTime() / NANOS;
  }

  /**
   * Returns the CPU time of this thread.
   *
   * @return seconds
   */
  public static double threadSeconds() {
    return THREADS.getCurrentThreadCpuTime() / NANOS;
  }

  /**
   * Returns what this thread has allocated on the heap.
   *
   * @return bytes
   */
  public static long threadAllocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /**
   * Returns what lives on the heap, after collecting all else.
   *
   * @return bytes
   */
  public static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /**
   * Returns the memory of this process.
   *
   * @return bytes that are resident; 0 where the system does not tell
   */
  public static long resident() {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns how many threads of the operating system there are.
   *
   * @return their number
   */
  public static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /**
   * Returns a percentile.
   *
   * @param values the values; they are sorted
   * @param share 0.5 for the median, 0.99 for what one of a hundred exceeds
   * @return the value
   */
  public static double percentile(double[] values, double share) {
    Arrays.sort(values);
    return values[Math.min(values.length - 1, (int) (values.length * share))];
  }
}
