package dev.callflow.cli.day;

import dev.callflow.cli.CommandLines;
import dev.callflow.waiting.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host, started as the command line starts it. */
final class RunningHost implements AutoCloseable {

  private final StringWriter output = new StringWriter();
  private final Thread thread;

  /** Starts a host; returns at once. */
  RunningHost(String... arguments) {
    PrintWriter writer = new PrintWriter(output, true);
    thread =
        Thread.ofPlatform()
            .name("host")
            .start(() ->
                CommandLines.of(Map.of(), arguments)
                    .setOut(writer)
                    .setErr(writer)
                    .execute(arguments));
  }

  /** Waits for a line of the output, and returns the port that it names. */
  int port(String line) {
    Pattern pattern = Pattern.compile(line + "[^:]*:(\\d+)");
    return Eventually.value(
        "a line \"%s\" with a port".formatted(line),
        () -> {
          Matcher found = pattern.matcher(output.toString());
          return found.find() ? Optional.of(Integer.parseInt(found.group(1))) : Optional.empty();
        });
  }

  /** Stops the host, which leaves its calls to the next one. */
  @Override
  public void close() {
    thread.interrupt();
    Eventually.ended(thread);
  }
}
