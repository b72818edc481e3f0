package dev.callflow.waiting;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Dumps the stacks of this JVM's threads, including virtual ones. */
final class Threads {

  private Threads() {}

  /** Returns the stacks of all threads that run this project's code. */
  static String inProjectCode() {
    String all = all();
    return Arrays.stream(all.split("\n\n"))
        .filter(stack -> stack.contains("dev.callflow"))
        .collect(Collectors.joining("\n\n", "threads in this project's code:\n", "\n"));
  }

  private static String all() {
    try {
      // Only this dump includes virtual threads. It requires a file that does not exist yet.
      Path folder = Files.createTempDirectory("threads");
      Path file = folder.resolve("threads.txt");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      return "could not dump the threads: " + e + " (dev.callflow)";
    }
  }
}
