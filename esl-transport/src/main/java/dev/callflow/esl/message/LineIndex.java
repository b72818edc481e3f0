package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Lines;

/**
 * An index of the lines of a header block by name; pays off after a few lookups.
 *
 * <p>A hash table with open addressing, at most half full. If a name occurs several times, the
 * index finds its first line.
 */
final class LineIndex {

  private static final int SPREAD = 0x9E3779B9;

  private final byte[] bytes;
  private final int to;

  /**
   * The start of each line plus one, or 0 for a free slot; the length of the array is a power of
   * two.
   */
  private final int[] starts;

  LineIndex(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.to = to;
    int lines = 0;
    for (int line = from; line < to && bytes[line] != '\n'; lines++) {
      line = Lines.end(bytes, line, to) + 1;
    }
    starts = new int[Integer.highestOneBit(Math.max(1, lines)) << 2];
    for (int line = from; line < to && bytes[line] != '\n'; ) {
      int end = Lines.end(bytes, line, to);
      int colon = Lines.indexOf(bytes, (byte) ':', line, end);
      if (colon >= 0) {
        add(line, colon);
      }
      line = end + 1;
    }
  }

  private void add(int line, int colon) {
    int slot = slot(Lines.hash(bytes, line, colon));
    while (starts[slot] != 0) {
      slot = (slot + 1) & (starts.length - 1);
    }
    starts[slot] = line + 1;
  }

  /** Returns the start of the first line with the name, or -1 if there is none. */
  int find(HeaderName name) {
    for (int slot = slot(name.hash()); starts[slot] != 0; slot = (slot + 1) & (starts.length - 1)) {
      if (name.isAt(bytes, starts[slot] - 1, to)) {
        return starts[slot] - 1;
      }
    }
    return -1;
  }

  private int slot(int hash) {
    return (hash * SPREAD >>> 16) & (starts.length - 1);
  }
}
