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
 * A process with a subject in it, as the measuring side sees it.
 *
 * <p>One for each: what a peer's code looks like to the JIT, what garbage it makes and what threads
 * it leaves behind must not change another's figures.
 */
public final class SubjectProcess implements AutoCloseable {

  private static final String MAIN = "dev.callflow.benchmarks.SubjectMain";

  private static final int SECONDS_TO_END = 5;

  private final String name;
  private final Process process;
  private final Writer out;
  private final BufferedReader in;

  /**
   * Starts a process.
   *
   * @param name the subject's name, see {@code SubjectMain}
   * @param arguments what it is told besides
   */
  public SubjectProcess(String name, Object... arguments) {
    this.name = name;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                name));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.outputWriter(StandardCharsets.UTF_8);
    in = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Returns which subject it is.
   *
   * @return its name
   */
  public String name() {
    return name;
  }

  /**
   * Has the subject do a round.
   *
   * @param task what to do
   * @return the figures, by name
   */
  public Figures round(Object... task) {
    try {
      out.write(String.join(" ", Arrays.stream(task).map(String::valueOf).toList()) + "\n");
      out.flush();
      String answer = in.readLine();
      // A profiler may have its say first.
      while (answer != null && !answer.startsWith("figures")) {
        answer = in.readLine();
      }
      if (answer == null) {
        throw new IllegalStateException(name + " has died in " + Arrays.toString(task));
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

  /** Ends the process: by the end of its tasks, or by force if that does not help. */
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
