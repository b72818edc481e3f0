package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Lines;
import dev.callflow.esl.bytes.Percent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a block of headers whose names are shared with other blocks. Takes a third of the
 * memory of the block, for channel data, which is kept as long as the call. Immutable.
 */
final class NamedValues implements HeaderBlock {

  private final HeaderNames names;

  /** The values in the order of their names, percent-encoded, each with a line end. */
  private final byte[] values;

  private NamedValues(HeaderNames names, byte[] values) {
    this.names = names;
    this.values = values;
  }

  /** Copies the percent-encoded headers in a part of an array, up to an empty line. */
  static NamedValues copy(byte[] bytes, int from, int to) {
    byte[] names = new byte[to - from + 1];
    byte[] values = new byte[to - from + 1];
    int nameLength = 0;
    int valueLength = 0;
    for (int line = from; line < to && bytes[line] != '\n'; ) {
      int end = Lines.end(bytes, line, to);
      int colon = Lines.indexOf(bytes, (byte) ':', line, end);
      if (colon >= 0) {
        System.arraycopy(bytes, line, names, nameLength, colon + 1 - line);
        nameLength += colon + 1 - line;
        names[nameLength++] = '\n';
        int value = Lines.valueStart(bytes, colon + 1, end);
        System.arraycopy(bytes, value, values, valueLength, end - value);
        valueLength += end - value;
        values[valueLength++] = '\n';
      }
      line = end + 1;
    }
    return new NamedValues(HeaderNames.of(names, nameLength), Arrays.copyOf(values, valueLength));
  }

  @Override
  public Optional<String> first(String header) {
    int position = names.first(header);
    return position < 0 ? Optional.empty() : Optional.of(value(start(position)));
  }

  @Override
  public boolean is(String header, String value) {
    int position = names.first(header);
    if (position < 0) {
      return false;
    }
    int start = start(position);
    return Percent.matches(values, start, end(start), value);
  }

  @Override
  public List<String> all(String header) {
    HeaderName name = HeaderName.of(header);
    List<String> all = new ArrayList<>();
    int start = 0;
    for (int position = 0; position < names.size(); position++) {
      if (names.isAt(position, name)) {
        all.add(value(start));
      }
      start = end(start) + 1;
    }
    return all;
  }

  @Override
  public Map<String, String> asMap(String prefix) {
    HeaderName begin = HeaderName.of(prefix);
    Map<String, String> map = new LinkedHashMap<>();
    int start = 0;
    for (int position = 0; position < names.size(); position++) {
      if (!names.text(position).isEmpty() && names.begins(position, begin)) {
        map.putIfAbsent(names.text(position).substring(prefix.length()), value(start));
      }
      start = end(start) + 1;
    }
    return map;
  }

  private int start(int position) {
    int start = 0;
    for (int i = 0; i < position; i++) {
      start = end(start) + 1;
    }
    return start;
  }

  private int end(int start) {
    return Lines.end(values, start, values.length);
  }

  private String value(int start) {
    return Percent.decode(values, start, end(start));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedValues it
        && Arrays.equals(values, it.values)
        && asMap("").equals(it.asMap(""));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
