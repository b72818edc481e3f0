package dev.callflow.esl.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A block of headers, as bytes; found and decoded only when asked for.
 *
 * <p>Names are compared without case and kept as they were written; a name may stand several times.
 * An empty line ends the block. As immutable, and as safe for use by any thread, as the array is.
 */
public final class EslHeaders {

  /** What {@link #number} returns if there is no such header. */
  public static final int NO_HEADER = -1;

  /** What {@link #number} returns if the header is no number, or two different ones. */
  public static final int NO_NUMBER = -2;

  private static final int MAX_DIGITS = 18;

  /** Beyond this many look-ups an index is built. */
  private static final int SEARCHES_WITHOUT_INDEX = 8;

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final boolean percent;
  private final boolean lasting;

  /** Roughly how many names were looked for: it decides what is faster, never what is found. */
  private int searches;

  private volatile @Nullable LineIndex index;

  /**
   * Takes a part of an array.
   *
   * @param bytes the array; what is asked for is looked for in what it holds then
   * @param from where the block begins
   * @param to where it ends
   * @param percent whether values are percent-encoded
   */
  public EslHeaders(byte[] bytes, int from, int to, boolean percent) {
    this(bytes, from, to, percent, false);
  }

  private EslHeaders(byte[] bytes, int from, int to, boolean percent, boolean lasting) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.percent = percent;
    this.lasting = lasting;
  }

  /** Takes an array that is never changed any more, percent-encoded: fast for many questions. */
  static EslHeaders lasting(byte[] bytes) {
    return new EslHeaders(bytes, 0, bytes.length, true, true);
  }

  /**
   * Returns the first value of a name.
   *
   * @param header its name, in any case
   * @return the decoded value; empty if there is none
   */
  public Optional<String> first(String header) {
    String name = asBytes(header);
    int line = find(name);
    return line < 0
        ? Optional.empty()
        : Optional.of(value(line + name.length() + 1, Lines.end(bytes, line, to)));
  }

  /**
   * Returns all values of a name.
   *
   * @param header its name, in any case
   * @return the decoded values, in order
   */
  public List<String> all(String header) {
    String name = asBytes(header);
    List<String> values = new ArrayList<>();
    for (int line = find(name, from); line >= 0; ) {
      int end = Lines.end(bytes, line, to);
      values.add(value(line + name.length() + 1, end));
      line = find(name, end + 1);
    }
    return values;
  }

  /**
   * Tells whether the first value of a name is a given one; makes no garbage.
   *
   * @param header its name, in any case
   * @param value the value as it is decoded, ASCII only
   * @return true if it is
   */
  public boolean is(String header, String value) {
    String name = asBytes(header);
    int line = find(name);
    if (line < 0) {
      return false;
    }
    int end = Lines.end(bytes, line, to);
    int start = valueStart(line + name.length() + 1, end);
    return percent ? Percent.matches(bytes, start, end, value) : matches(start, end, value);
  }

  private boolean matches(int start, int end, String value) {
    if (end - start != value.length()) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (bytes[start + i] != value.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a header as a number; makes no garbage.
   *
   * @param header its name, in any case
   * @return the number, {@link Integer#MAX_VALUE} if it is greater; or {@link #NO_HEADER}, or
   *     {@link #NO_NUMBER}
   */
  public int number(String header) {
    String name = asBytes(header);
    int number = NO_HEADER;
    for (int line = find(name, from); line >= 0; ) {
      int end = Lines.end(bytes, line, to);
      int read = digits(valueStart(line + name.length() + 1, end), end);
      if (read == NO_NUMBER || number != NO_HEADER && number != read) {
        return NO_NUMBER;
      }
      number = read;
      line = find(name, end + 1);
    }
    return number;
  }

  private int digits(int start, int end) {
    int last = end;
    while (last > start && (bytes[last - 1] == ' ' || bytes[last - 1] == '\r')) {
      last--;
    }
    if (last == start || last - start > MAX_DIGITS) {
      return NO_NUMBER;
    }
    long number = 0;
    for (int i = start; i < last; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return NO_NUMBER;
      }
      number = number * 10 + bytes[i] - '0';
    }
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  /**
   * Returns everything.
   *
   * @return the first value of each name, in order, names as they were written
   */
  public Map<String, String> asMap() {
    return asMap("");
  }

  /** The first value of each name that begins so, in any case, by the rest of the name. */
  Map<String, String> asMap(String prefix) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int start = from; start < to && bytes[start] != '\n'; ) {
      int end = Lines.end(bytes, start, to);
      int colon = Lines.indexOf(bytes, (byte) ':', start, end);
      int name = start + prefix.length();
      if (colon > start && colon >= name && Lines.beginsWith(bytes, start, to, prefix)) {
        map.putIfAbsent(text(name, colon), value(colon + 1, end));
      }
      start = end + 1;
    }
    return map;
  }

  /** Where the first line of that name begins; -1 if there is none before the empty line. */
  private int find(String name) {
    LineIndex known = index;
    if (known == null) {
      if (!lasting || searches++ < SEARCHES_WITHOUT_INDEX) {
        return find(name, from);
      }
      known = new LineIndex(bytes, from, to);
      index = known;
    }
    return known.find(name);
  }

  /** Where the next line of that name begins; -1 if there is none before the empty line. */
  private int find(String name, int start) {
    int line = start;
    while (line < to && bytes[line] != '\n') {
      if (Lines.isNamed(bytes, line, to, name)) {
        return line;
      }
      line = Lines.end(bytes, line, to) + 1;
    }
    return -1;
  }

  /** A text whose characters are the bytes of the name: names may be of any letters. */
  private static String asBytes(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 0x7f) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return name;
  }

  private int valueStart(int start, int end) {
    int first = start;
    while (first < end && bytes[first] == ' ') {
      first++;
    }
    return first;
  }

  private String value(int start, int end) {
    int first = valueStart(start, end);
    return percent ? Percent.decode(bytes, first, end) : text(first, end);
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EslHeaders it
        && percent == it.percent
        && Arrays.equals(bytes, from, to, it.bytes, it.from, it.to);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return text(from, to);
  }
}
