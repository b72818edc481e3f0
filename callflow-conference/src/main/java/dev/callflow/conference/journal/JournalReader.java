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

/** Reads journals that {@link Journal} has written. */
public final class JournalReader {

  private JournalReader() {}

  /**
   * Reads a journal. A last line that is torn, by a crash or because it is still being written, is
   * left out.
   *
   * @param file the file
   * @return its lines, each read anew when it is looked at
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no journal, with the line's number
   */
  public static List<JsonNode> read(Path file) throws IOException {
    boolean torn = !endsWithALine(file);
    List<String> lines = new ArrayList<>();
    // What was torn in the middle of a character must not be a reason to read nothing.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        String next = reader.readLine();
        if (next != null || !torn) {
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
          && (line.path("call").isString()
              || line.path("operator").isString()
              || line.path("room").isString())
          && (line.path("in").isString() || line.path("out").isString())) {
        return;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(place + ": this is no JSON", e);
    }
    throw new IllegalArgumentException(
        place + ": a line needs t, one of call, operator and room, and in or out");
  }

  /**
   * Reads what an operator has asked for.
   *
   * @param line a line of a journal whose key {@code in} is {@code asks}
   * @return the action
   */
  public static ConferenceAction action(JsonNode line) {
    return ActionWords.read(line.path("what"));
  }
}
