package dev.callflow.conference.journal;

import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.core.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads journals written by {@link Journal}. */
public final class JournalReader {

  /**
   * The key of a line that says how many lines are missing before it, because they could not be
   * written.
   */
  public static final String MISSING = "missing";

  private JournalReader() {}

  /**
   * Reads a journal. Skips an incomplete last line, which results from a crash or from a journal
   * that is still being written.
   *
   * @param file the file
   * @return the lines of the file, including those with {@link #MISSING}; a line is parsed again on
   *     every access
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is not valid; the message contains the line number
   */
  public static List<JsonNode> read(Path file) throws IOException {
    boolean incomplete = !endsWithALine(file);
    List<String> lines = new ArrayList<>();
    // An InputStreamReader tolerates an incomplete character at the end of the file.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        String next = reader.readLine();
        if (next != null || !incomplete) {
          check(file + ":" + (lines.size() + 1), line);
          lines.add(line);
        }
        line = next;
      }
    }
    return new JournalLines(lines);
  }

  private static boolean endsWithALine(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(Math.max(0, channel.size() - 1));
      return channel.read(last) == 1 && last.get(0) == '\n';
    }
  }

  private static void check(String place, String text) {
    try {
      if (Json.read(text) instanceof ObjectNode line
          && line.path("t").isNumber()
          && (line.path(MISSING).isIntegralNumber() || isEntry(line))) {
        return;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(place + ": the line is not valid JSON", e);
    }
    throw new IllegalArgumentException(
        place
            + ": a line must have \"t\"; \"call\", \"operator\" or \"room\";"
            + " and \"in\" or \"out\"");
  }

  private static boolean isEntry(ObjectNode line) {
    return (line.path("call").isString()
            || line.path("operator").isString()
            || line.path("room").isString())
        && (line.path("in").isString() || line.path("out").isString());
  }

  /**
   * Reads the action of an operator.
   *
   * @param line a journal line in which {@code in} is {@code asks}
   * @return the action
   */
  public static ConferenceAction action(JsonNode line) {
    return ActionWords.read(line.path("what"));
  }
}
