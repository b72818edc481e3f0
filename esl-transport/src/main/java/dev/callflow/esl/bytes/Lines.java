package dev.callflow.esl.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches eight bytes at a time, since finding line ends accounts for most of the cost of reading
 * an event.
 */
public final class Lines {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Eight line ends. */
  public static final long LINE_ENDS = '\n' * ONES;

  /** Eight colons. */
  public static final long COLONS = ':' * ONES;

  private Lines() {}

  /** Returns the position of the next LF, or the limit if there is none. */
  public static int end(byte[] bytes, int from, int limit) {
    int end = indexOf(bytes, (byte) '\n', from, limit);
    return end < 0 ? limit : end;
  }

  /**
   * Returns the position of the empty line that ends the headers, or the limit if there is none.
   */
  public static int headersEnd(byte[] bytes, int from, int limit) {
    int line = from;
    while (line < limit && bytes[line] != '\n') {
      line = end(bytes, line, limit) + 1;
    }
    return Math.min(line, limit);
  }

  /** Returns the position of the first character that is not a space, or the end. */
  public static int valueStart(byte[] bytes, int start, int end) {
    int first = start;
    while (first < end && bytes[first] == ' ') {
      first++;
    }
    return first;
  }

  public static int indexOf(byte[] bytes, byte wanted, int from, int limit) {
    long pattern = (wanted & 0xffL) * ONES;
    int i = from;
    for (; i + Long.BYTES <= limit; i += Long.BYTES) {
      long found = zeros(word(bytes, i) ^ pattern);
      if (found != 0) {
        return i + first(found);
      }
    }
    for (; i < limit; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  public static long word(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /**
   * Marks the bytes of a word that are zero: subtracting one sets the high bit. May also mark bytes
   * after the first that is zero.
   */
  public static long zeros(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  /** Returns the index of the first byte that is marked. */
  public static int first(long marked) {
    return Long.numberOfTrailingZeros(marked) >>> 3;
  }

  public static byte lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
  }

  /** Returns a hash of a name that ignores case. */
  public static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + lower(bytes[i]);
    }
    return hash;
  }
}
