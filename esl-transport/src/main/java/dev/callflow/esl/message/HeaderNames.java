package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Lines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a block of headers, in their order. The blocks of many calls have the same names, so
 * recent ones are shared.
 */
final class HeaderNames {

  private static final @Nullable HeaderNames[] RECENT = new HeaderNames[64];

  /** Each name with a colon and a line end. */
  private final byte[] lines;

  private final LineIndex index;

  /** The start of each line, in order. */
  private final int[] starts;

  private final List<String> texts;

  private HeaderNames(byte[] lines) {
    this.lines = lines;
    this.index = new LineIndex(lines, 0, lines.length);
    this.texts = new ArrayList<>();
    int[] found = new int[lines.length];
    for (int line = 0; line < lines.length; ) {
      int end = Lines.end(lines, line, lines.length);
      found[texts.size()] = line;
      texts.add(new String(lines, line, end - 1 - line, StandardCharsets.UTF_8));
      line = end + 1;
    }
    this.starts = Arrays.copyOf(found, texts.size());
  }

  /** Returns the names in the first bytes of an array, each with a colon and a line end. */
  static HeaderNames of(byte[] bytes, int length) {
    int hash = Lines.hash(bytes, 0, length);
    int slot = (hash ^ hash >>> 16) & (RECENT.length - 1);
    HeaderNames names = RECENT[slot];
    if (names == null || !Arrays.equals(names.lines, 0, names.lines.length, bytes, 0, length)) {
      names = new HeaderNames(Arrays.copyOf(bytes, length));
      RECENT[slot] = names;
    }
    return names;
  }

  /** Returns the position of the first header of that name among all, or -1 if there is none. */
  int first(String header) {
    int line = index.find(HeaderName.of(header));
    return line < 0 ? -1 : Arrays.binarySearch(starts, line);
  }

  /** Returns whether the header at a position has the given name, ignoring case. */
  boolean isAt(int position, HeaderName name) {
    return name.isAt(lines, starts[position], lines.length);
  }

  /** Returns whether the name at a position begins with the given text, ignoring case. */
  boolean begins(int position, HeaderName prefix) {
    int end = position + 1 < starts.length ? starts[position + 1] : lines.length;
    return prefix.begins(lines, starts[position], end - 2);
  }

  String text(int position) {
    return texts.get(position);
  }

  int size() {
    return starts.length;
  }
}
