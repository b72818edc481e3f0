package dev.callflow.esl.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The name of a header in the form in which it is compared with bytes: UTF-8, with ASCII letters in
 * lower case. The same names are looked up again and again, so recent ones are kept.
 */
final class HeaderName {

  private static final @Nullable HeaderName[] RECENT = new HeaderName[512];

  private final String text;
  private final byte[] lower;

  private HeaderName(String text) {
    this.text = text;
    this.lower = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < lower.length; i++) {
      lower[i] = Lines.lower(lower[i]);
    }
  }

  static HeaderName of(String text) {
    int slot = text.hashCode() & (RECENT.length - 1);
    HeaderName name = RECENT[slot];
    if (name == null || !name.text.equals(text)) {
      name = new HeaderName(text);
      RECENT[slot] = name;
    }
    return name;
  }

  int length() {
    return lower.length;
  }

  int hash() {
    return Lines.hash(lower, 0, lower.length);
  }

  /** Returns whether the line is a header with this name, ignoring case. */
  boolean isAt(byte[] bytes, int line, int limit) {
    int colon = line + lower.length;
    if (colon >= limit || bytes[colon] != ':') {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      byte letter = bytes[line + i];
      if (Lines.lower(letter) != lower[i] || letter == '\n') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the start of the first line with this name at or after a given line, or -1 if the block
   * has none.
   */
  int find(byte[] bytes, int from, int to) {
    int line = from;
    while (line < to && bytes[line] != '\n') {
      if (isAt(bytes, line, to)) {
        return line;
      }
      line = Lines.end(bytes, line, to) + 1;
    }
    return -1;
  }
}
