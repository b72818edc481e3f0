package dev.callflow.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the CPU time and memory of this process. */
public final class Cost {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final double NANOS = 1e9;

  private Cost() {}

  /**
   * Returns the CPU time that all threads of this process have used, including those of the garbage
   * collector and the JIT compiler.
   *
   * @return the CPU time in seconds
   */
  public static double processSeconds() {
    return SYSTEM.getProcessCpuTime() / NANOS;
  }

  /**
   * Returns the CPU time that the current thread has used.
   *
   * @return the CPU time in seconds
   */
  public static double threadSeconds() {
    return THREADS.getCurrentThreadCpuTime() / NANOS;
  }

  /**
   * Returns the amount of heap memory that the current thread has allocated.
   *
   * @return the amount in bytes
   */
  public static long threadAllocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /**
   * Runs the garbage collector and returns the amount of heap memory that is still in use.
   *
   * @return the used heap in bytes
   */
  public static long heap() {
    long smallest = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      smallest =
          Math.min(smallest, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return smallest;
  }

  /**
   * Returns the resident memory of this process.
   *
   * @return the resident memory in bytes; 0 if the system does not report it
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
   * Returns the number of platform threads.
   *
   * @return the number of threads
   */
  public static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /**
   * Returns a percentile.
   *
   * @param values the values; sorted in place
   * @param share 0.5 for the median, 0.99 for the 99th percentile
   * @return the percentile
   */
  public static double percentile(double[] values, double share) {
    Arrays.sort(values);
    return values[Math.min(values.length - 1, (int) (values.length * share))];
  }
}
