package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Lines;
import dev.callflow.esl.bytes.Percent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A block of headers in a byte array; headers are found and decoded on demand.
 *
 * <p>Names are case-insensitive but keep their spelling; a name may occur several times. An empty
 * line ends the block. The block is immutable and thread-safe if nothing changes the array.
 */
public final class EslHeaders implements HeaderBlock {

  /** The result of {@link #number} if there is no such header. */
  public static final int NO_HEADER = -1;

  /**
   * The result of {@link #number} if the value is not a number, or if the header occurs several
   * times with different values.
   */
  public static final int NO_NUMBER = -2;

  private static final int MAX_DIGITS = 18;

  /** The number of complete searches after which an index is built. */
  private static final int SEARCHES_WITHOUT_INDEX = 4;

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final boolean percent;
  private final boolean immutable;

  /** About how many bytes were searched; affects only the speed, so a lost update does no harm. */
  private int searched;

  private volatile @Nullable LineIndex index;

  /**
   * Creates a view of a part of an array.
   *
   * @param bytes the array; lookups read its current contents
   * @param from the index of the first byte of the block
   * @param to the index after the last byte of the block
   * @param percent whether values are percent-encoded
   */
  public EslHeaders(byte[] bytes, int from, int to, boolean percent) {
    this(bytes, from, to, percent, false);
  }

  private EslHeaders(byte[] bytes, int from, int to, boolean percent, boolean immutable) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.percent = percent;
    this.immutable = immutable;
  }

  /**
   * Creates headers backed by an array that never changes, so that an index can speed up lookups.
   */
  static EslHeaders immutable(byte[] bytes, int to) {
    return new EslHeaders(bytes, 0, to, true, true);
  }

  /**
   * Returns the first value of a header.
   *
   * @param header the header's name, case-insensitive
   * @return the decoded value; empty if there is none
   */
  @Override
  public Optional<String> first(String header) {
    HeaderName name = HeaderName.of(header);
    int line = find(name);
    return line < 0
        ? Optional.empty()
        : Optional.of(value(line + name.length() + 1, Lines.end(bytes, line, to)));
  }

  /**
   * Returns all values of a header.
   *
   * @param header the header's name, case-insensitive
   * @return the decoded values, in order
   */
  @Override
  public List<String> all(String header) {
    HeaderName name = HeaderName.of(header);
    List<String> values = new ArrayList<>();
    for (int line = name.find(bytes, from, to); line >= 0; ) {
      int end = Lines.end(bytes, line, to);
      values.add(value(line + name.length() + 1, end));
      line = name.find(bytes, end + 1, to);
    }
    return values;
  }

  /**
   * Returns whether the first value of a header equals the given one; allocates no memory if the
   * name is ASCII.
   *
   * @param header the header's name, case-insensitive
   * @param value the decoded value, ASCII only
   * @return true if the values are equal
   */
  @Override
  public boolean is(String header, String value) {
    HeaderName name = HeaderName.of(header);
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
   * Returns the value of a header as a number; allocates no memory if the name is ASCII.
   *
   * @param header the header's name, case-insensitive
   * @return the number, or {@link Integer#MAX_VALUE} if it is larger; {@link #NO_HEADER} or {@link
   *     #NO_NUMBER} if there is no valid number
   */
  public int number(String header) {
    HeaderName name = HeaderName.of(header);
    int number = NO_HEADER;
    for (int line = name.find(bytes, from, to); line >= 0; ) {
      int end = Lines.end(bytes, line, to);
      int read = digits(valueStart(line + name.length() + 1, end), end);
      if (read == NO_NUMBER || number != NO_HEADER && number != read) {
        return NO_NUMBER;
      }
      number = read;
      line = name.find(bytes, end + 1, to);
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
   * Returns all headers.
   *
   * @return the first value of each name, in order, with the original spelling of the names
   */
  public Map<String, String> asMap() {
    return asMap("");
  }

  @Override
  public Map<String, String> asMap(String prefix) {
    HeaderName begin = HeaderName.of(prefix);
    Map<String, String> map = new LinkedHashMap<>();
    for (int start = from; start < to && bytes[start] != '\n'; ) {
      int end = Lines.end(bytes, start, to);
      int colon = Lines.indexOf(bytes, (byte) ':', start, end);
      int name = start + begin.length();
      if (colon > start && colon >= name && begin.begins(bytes, start, to)) {
        map.putIfAbsent(text(name, colon), value(colon + 1, end));
      }
      start = end + 1;
    }
    return map;
  }

  /** Returns the headers in a form that takes less memory, if they are percent-encoded. */
  HeaderBlock compact() {
    return percent ? NamedValues.copy(bytes, from, to) : this;
  }

  /** Returns the start of the first line with the name, or -1 if the block has none. */
  private int find(HeaderName name) {
    LineIndex known = index;
    if (known == null) {
      if (!immutable || searched < (to - from) * SEARCHES_WITHOUT_INDEX) {
        int line = name.find(bytes, from, to);
        searched += (line < 0 ? to : line) - from;
        return line;
      }
      known = new LineIndex(bytes, from, to);
      index = known;
    }
    return known.find(name);
  }

  private int valueStart(int start, int end) {
    return Lines.valueStart(bytes, start, end);
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
