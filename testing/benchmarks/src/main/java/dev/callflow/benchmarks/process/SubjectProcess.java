package dev.callflow.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The process of a subject, as the measuring side sees it.
 *
 * <p>Each subject has its own process, so that its effects on the JIT compiler, the heap and the
 * threads do not change the figures of other subjects.
 */
public final class SubjectProcess implements AutoCloseable {

  private static final String MAIN = "dev.callflow.benchmarks.SubjectMain";

  private static final int SECONDS_TO_END = 5;

  private final String name;
  private final Process process;
  private final Writer out;
  private final BufferedReader in;

  /**
   * Starts a process with a heap of at most 1 GB.
   *
   * @param name the name of the subject (see {@code SubjectMain})
   * @param arguments further arguments for the subject
   */
  public SubjectProcess(String name, Object... arguments) {
    this(java("-Xmx1g", name, arguments), name);
  }

  private SubjectProcess(List<String> command, String name) {
    this.name = name;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.outputWriter(StandardCharsets.UTF_8);
    in = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a process of another program that performs tasks like {@code SubjectMain}.
   *
   * @param name the name of the subject
   * @param command the command and its arguments
   * @return the process
   */
  public static SubjectProcess of(String name, List<String> command) {
    return new SubjectProcess(command, name);
  }

  private static List<String> java(String heap, String name, Object... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                name));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return command;
  }

  /**
   * Starts a process with a small heap.
   *
   * @param megabytes the maximum size of the heap
   * @param name the name of the subject (see {@code SubjectMain})
   * @param arguments further arguments for the subject
   * @return the process
   */
  public static SubjectProcess withHeap(int megabytes, String name, Object... arguments) {
    return new SubjectProcess(java("-Xmx" + megabytes + "m", name, arguments), name);
  }

  /**
   * Returns the name of the subject.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Makes the subject perform a round.
   *
   * @param task the words of the task
   * @return the figures
   */
  public Figures round(Object... task) {
    try {
      out.write(String.join(" ", Arrays.stream(task).map(String::valueOf).toList()) + "\n");
      out.flush();
      String answer = in.readLine();
      // A profiler may print something first.
      while (answer != null && !answer.startsWith("figures")) {
        answer = in.readLine();
      }
      if (answer == null) {
        throw new IllegalStateException(
            "the process of " + name + " ended during the task " + Arrays.toString(task));
      }
      Map<String, Double> figures = new TreeMap<>();
      for (String figure : answer.split(" ")) {
        int equals = figure.indexOf('=');
        if (equals > 0) {
          figures.put(
              figure.substring(0, equals), Double.parseDouble(figure.substring(equals + 1)));
        }
      }
      return new Figures(figures);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** Ends the process by closing its input, or forcibly if it does not end within five seconds. */
  @Override
  public void close() {
    try {
      out.close();
      process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
