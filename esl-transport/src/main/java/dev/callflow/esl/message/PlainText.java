package dev.callflow.esl.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes an event as plain text (docs/spec/event-socket.md#plain-events), so that events of all
 * formats are searched in the same way. Encodes only what would change the meaning of a line.
 */
final class PlainText {

  /**
   * A translated event.
   *
   * @param headers the headers as plain text
   * @param body the body, which is not encoded
   */
  record Event(EslHeaders headers, byte[] body) {}

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;
  private byte[] body = {};

  PlainText(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  /** Removes everything after a position. */
  void truncate(int position) {
    length = position;
  }

  /** Returns whether the text from a position consists of the given bytes. */
  boolean isEnd(int from, byte[] wanted) {
    return Arrays.equals(bytes, from, length, wanted, 0, wanted.length);
  }

  byte[] copy(int from) {
    return Arrays.copyOfRange(bytes, from, length);
  }

  void header(String name, String value) {
    encoded(name.getBytes(StandardCharsets.UTF_8));
    beginValue();
    encoded(value.getBytes(StandardCharsets.UTF_8));
    endLine();
  }

  private void encoded(byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (isSpecial(text[i]) || i == 0 && text[i] == ' ') {
        encode(text[i]);
      } else {
        append(text[i]);
      }
    }
  }

  /** Returns whether a character must be encoded; so must a space at the beginning of a value. */
  static boolean isSpecial(int letter) {
    return letter == '\n' || letter == '%';
  }

  void encode(int letter) {
    append('%');
    append(HEX[letter >> 4 & 0xf]);
    append(HEX[letter & 0xf]);
  }

  void beginValue() {
    append(':');
    append(' ');
  }

  void endLine() {
    append('\n');
  }

  void append(int letter) {
    reserve(1);
    bytes[length++] = (byte) letter;
  }

  void append(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  void body(byte[] text) {
    body = text;
  }

  Event event() {
    return new Event(EslHeaders.immutable(bytes, length), body);
  }
}
