package dev.callflow.api.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a file that a request asks for (RFC 9110, section 14). */
sealed interface ByteRange {

  /** The whole file. */
  record Whole() implements ByteRange {}

  /**
   * A part of the file.
   *
   * @param from the position of the first byte
   * @param length the number of bytes, at least 1
   */
  record Part(long from, long length) implements ByteRange {}

  /** The file has no such part. */
  record NotSatisfiable() implements ByteRange {}

  /** One range; a digit more would not fit into a long. */
  Pattern SYNTAX = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Reads the header {@code Range}. Several ranges, other units and nonsense are ignored, as the
   * RFC allows and demands, so that the client receives the whole file.
   */
  static ByteRange of(String header, long size) {
    Matcher range = SYNTAX.matcher(header.strip());
    if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
      return new Whole();
    }
    if (range.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(range.group(2)), size);
      return last == 0 ? new NotSatisfiable() : new Part(size - last, last);
    }
    long from = Long.parseLong(range.group(1));
    long end = range.group(2).isEmpty() ? size : Math.min(Long.parseLong(range.group(2)) + 1, size);
    if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < from) {
      return new Whole();
    }
    return from >= size ? new NotSatisfiable() : new Part(from, end - from);
  }
}
