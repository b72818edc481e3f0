package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.text.CNumber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command from a client (docs/spec/event-socket.md#reading-commands).
 *
 * @param line the command line
 * @param headers the headers that follow the command line, in order
 * @param body the body; empty if there is none
 */
record WireCommand(String line, List<Map.Entry<String, String>> headers, String body) {

  /**
   * A command whose Content-Length is negative or too large. FreeSWITCH closes the connection when
   * it receives one.
   */
  static final WireCommand REFUSED = new WireCommand("", List.of(), "");

  private static final int MAX_HEAD = 10 << 20;
  private static final int MAX_BODY = 16 << 20;

  /**
   * Waits for the first byte of the next command; returns a negative value at the end of the
   * stream.
   */
  static int begin(InputStream in) throws IOException {
    int first = in.read();
    while (first == '\n' || first == '\r') {
      first = in.read();
    }
    return first;
  }

  /**
   * Reads the rest of a command whose first byte has been read; returns null at the end of the
   * stream.
   */
  static @Nullable WireCommand read(int first, InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int next = first;
    int lineFeeds = 0;
    while (next >= 0 && lineFeeds < 2 && head.length() < MAX_HEAD) {
      head.append((char) next);
      lineFeeds = next == '\n' ? lineFeeds + 1 : next == '\r' ? lineFeeds : 0;
      if (lineFeeds < 2) {
        next = in.read();
      }
    }
    if (next < 0) {
      return null;
    }
    return read(new String(bytes(head), StandardCharsets.UTF_8), in);
  }

  private static byte[] bytes(StringBuilder head) {
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static @Nullable WireCommand read(String head, InputStream in) throws IOException {
    String[] lines = head.replace("\r", "").split("\n");
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String value = colon < 0 ? "" : lines[i].substring(colon + 1).stripLeading();
      if (colon > 0 && !value.isEmpty()) {
        headers.add(Map.entry(lines[i].substring(0, colon), value));
      }
    }
    WireCommand command = new WireCommand(lines[0], List.copyOf(headers), "");
    int length = command.header("Content-Length").map(CNumber::of).orElse(0);
    if (length < 0 || length > MAX_BODY) {
      return REFUSED;
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new WireCommand(command.line, command.headers, body);
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Returns whether the line starts with a word, ignoring case as FreeSWITCH does. */
  boolean is(String word) {
    return line.regionMatches(true, 0, word, 0, word.length());
  }

  /** Returns the text after a word at the start of the line. */
  String after(String word) {
    return line.length() <= word.length() ? "" : line.substring(word.length()).strip();
  }
}
