package dev.callflow.esl.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds bytes eight at a time: looking for line ends is most of what reading an event costs. */
final class Lines {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Lines() {}

  /** Where the line ends that has this byte: at its LF, or at the limit. */
  static int end(byte[] bytes, int from, int limit) {
    int end = indexOf(bytes, (byte) '\n', from, limit);
    return end < 0 ? limit : end;
  }

  /** Where the empty line begins that ends the headers; the limit if there is none. */
  static int headersEnd(byte[] bytes, int from, int limit) {
    int line = from;
    while (line < limit && bytes[line] != '\n') {
      line = end(bytes, line, limit) + 1;
    }
    return Math.min(line, limit);
  }

  static int indexOf(byte[] bytes, byte wanted, int from, int limit) {
    long pattern = (wanted & 0xffL) * ONES;
    int i = from;
    for (; i + Long.BYTES <= limit; i += Long.BYTES) {
      // A byte that is the wanted one becomes zero, and borrows from its high bit.
      long zeros = (long) LONGS.get(bytes, i) ^ pattern;
      long found = (zeros - ONES) & ~zeros & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < limit; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
