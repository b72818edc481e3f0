package dev.callflow.esl.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the text of a command (docs/spec/event-socket.md#encoder-rules).
 *
 * <p>Refuses any value that could end a line or the command early.
 */
public final class CommandText {

  /**
   * A header that only this class may set: if the length were too small, FreeSWITCH would run the
   * rest of the body as commands.
   */
  private static final String LENGTH = "Content-Length";

  private final StringBuilder head = new StringBuilder();
  private byte[] body = new byte[0];

  CommandText() {}

  /**
   * Writes the command line; empty words are omitted.
   *
   * @param words the command and its arguments
   */
  void line(String... words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (!word.isEmpty()) {
        line.append(line.isEmpty() ? "" : " ").append(oneLine(word));
      }
    }
    head.append(line).append('\n');
  }

  void line(String word, String[] more) {
    String[] words = new String[more.length + 1];
    words[0] = word;
    System.arraycopy(more, 0, words, 1, more.length);
    line(words);
  }

  void header(String name, String value) {
    if (name.isEmpty() || name.indexOf(':') >= 0 || name.strip().equalsIgnoreCase(LENGTH)) {
      throw new IllegalArgumentException("not a valid header name: " + name);
    }
    write(name, value);
  }

  private void write(String name, String value) {
    head.append(oneLine(name)).append(": ").append(oneLine(value)).append('\n');
  }

  void body(String text) {
    if (text.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a body must not contain NUL");
    }
    body = text.getBytes(StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    if (body.length > 0) {
      write(LENGTH, String.valueOf(body.length));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length + 1);
    bytes.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  static String[] subscription(String first, List<String> names, List<String> subclasses) {
    List<String> words = new ArrayList<>();
    words.add(first);
    words.addAll(names);
    if (!subclasses.isEmpty()) {
      // FreeSWITCH treats all words after this one as subclasses.
      words.add("CUSTOM");
      words.addAll(subclasses);
    }
    return words.toArray(String[]::new);
  }

  private static String oneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == 0) {
        throw new IllegalArgumentException(
            "a command must not contain line ends or NUL, but has one at position " + i);
      }
    }
    return text;
  }
}
