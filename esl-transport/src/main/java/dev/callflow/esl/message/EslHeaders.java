package dev.callflow.esl.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block of headers, as bytes; found and decoded only when asked for.
 *
 * <p>Names are compared without case and kept as they were written; a name may stand several times.
 * Immutable.
 */
public final class EslHeaders {

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final boolean percent;

  /**
   * Takes a part of an array, which must not be changed afterwards.
   *
   * @param bytes the array
   * @param from where the block begins
   * @param to where it ends
   * @param percent whether values are percent-encoded
   */
  public EslHeaders(byte[] bytes, int from, int to, boolean percent) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.percent = percent;
  }

  /**
   * Returns the first value of a name.
   *
   * @param name the name, in any case
   * @return the decoded value; empty if there is none
   */
  public Optional<String> first(String name) {
    int start = from;
    while (start < to) {
      int end = lineEnd(start);
      if (isNamed(start, end, name)) {
        return Optional.of(value(start + name.length() + 1, end));
      }
      start = end + 1;
    }
    return Optional.empty();
  }

  /**
   * Returns all values of a name.
   *
   * @param name the name, in any case
   * @return the decoded values, in order
   */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (int start = from; start < to; start = lineEnd(start) + 1) {
      int end = lineEnd(start);
      if (isNamed(start, end, name)) {
        values.add(value(start + name.length() + 1, end));
      }
    }
    return values;
  }

  /**
   * Returns everything.
   *
   * @return the first value of each name, in order, names as they were written
   */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int start = from; start < to; start = lineEnd(start) + 1) {
      int end = lineEnd(start);
      int colon = indexOf((byte) ':', start, end);
      if (colon > start) {
        map.putIfAbsent(text(start, colon), value(colon + 1, end));
      }
    }
    return map;
  }

  private boolean isNamed(int start, int end, String name) {
    int length = name.length();
    if (end - start <= length || bytes[start + length] != ':') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(bytes[start + i]) != lower((byte) name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  private String value(int start, int end) {
    int first = start;
    while (first < end && bytes[first] == ' ') {
      first++;
    }
    return percent ? Percent.decode(bytes, first, end) : text(first, end);
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private int lineEnd(int start) {
    int end = indexOf((byte) '\n', start, to);
    return end < 0 ? to : end;
  }

  private int indexOf(byte wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
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
