package dev.callflow.store;

import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes any string into a column of text: what PostgreSQL does not accept, NUL and unpaired
 * surrogates, is written as a backslash and four hexadecimal digits, and so is the backslash.
 */
final class AnyText {

  private static final char ESCAPE = '\\';
  private static final int DIGITS = 4;

  private AnyText() {}

  static String write(String text) {
    StringBuilder written = new StringBuilder(text.length());
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    int at = 0;
    while (at < text.length()) {
      int next = text.offsetByCodePoints(at, 1);
      String symbol = text.substring(at, next);
      char first = symbol.charAt(0);
      if (first == '\0' || first == ESCAPE || !encoder.canEncode(symbol)) {
        written.append(ESCAPE).append(HexFormat.of().toHexDigits(first));
      } else {
        written.append(symbol);
      }
      at = next;
    }
    return written.toString();
  }

  static String read(String written) {
    StringBuilder text = new StringBuilder(written.length());
    int at = 0;
    while (at < written.length()) {
      char next = written.charAt(at++);
      if (next == ESCAPE) {
        text.append((char) HexFormat.fromHexDigits(written, at, at + DIGITS));
        at += DIGITS;
      } else {
        text.append(next);
      }
    }
    return text.toString();
  }
}
