package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Lines;
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

  /** What distinguishes the two cases of each letter; a name with a line end matches nothing. */
  private final byte[] mask;

  private HeaderName(String text) {
    this.text = text;
    this.lower = text.getBytes(StandardCharsets.UTF_8);
    this.mask = new byte[lower.length];
    for (int i = 0; i < lower.length; i++) {
      lower[i] = Lines.lower(lower[i]);
      mask[i] = (byte) (lower[i] >= 'a' && lower[i] <= 'z' ? 0x20 : lower[i] == '\n' ? 0xff : 0);
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
    return colon < limit && bytes[colon] == ':' && begins(bytes, line, limit);
  }

  /** Returns whether the line begins with this name, ignoring case. */
  boolean begins(byte[] bytes, int line, int limit) {
    if (limit - line < lower.length) {
      return false;
    }
    int i = 0;
    for (; i + Long.BYTES <= lower.length; i += Long.BYTES) {
      if ((Lines.word(bytes, line + i) | Lines.word(mask, i)) != Lines.word(lower, i)) {
        return false;
      }
    }
    for (; i < lower.length; i++) {
      if ((bytes[line + i] | mask[i]) != lower[i]) {
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
      line = next(bytes, line, to);
    }
    return -1;
  }

  /**
   * Returns the start of the next line that may have this name or is empty. Most lines are passed
   * over: eight positions at a time are searched for a line end that is followed by another one, or
   * by a colon at the right distance.
   */
  private int next(byte[] bytes, int from, int to) {
    int toColon = lower.length + 1;
    int limit = to - toColon - Long.BYTES + 1;
    int i = from;
    for (; i < limit; i += Long.BYTES) {
      long lineEnd = Lines.word(bytes, i) ^ Lines.LINE_ENDS;
      long empty = Lines.word(bytes, i + 1) ^ Lines.LINE_ENDS;
      long colon = Lines.word(bytes, i + toColon) ^ Lines.COLONS;
      // A byte of the conjunction is zero if either is, and sometimes if neither is.
      long found = Lines.zeros(lineEnd | empty & colon);
      for (; found != 0; found &= found - 1) {
        int line = i + Lines.first(found) + 1;
        if (bytes[line - 1] == '\n') {
          return line;
        }
      }
    }
    return Lines.end(bytes, i, to) + 1;
  }
}
