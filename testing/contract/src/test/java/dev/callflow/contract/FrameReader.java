package dev.callflow.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits the bytes from FreeSWITCH into frames. The end of the connection counts as a frame. */
final class FrameReader {

  private byte[] rest = new byte[0];

  /**
   * Adds the next chunk, which is empty at the end of the connection, and returns the frames that
   * it completes.
   */
  List<Frame> add(String chunk) {
    return add(chunk.getBytes(StandardCharsets.UTF_8));
  }

  List<Frame> add(byte[] chunk) {
    if (chunk.length == 0) {
      return List.of(Frame.CLOSED);
    }
    int before = rest.length;
    rest = Arrays.copyOf(rest, before + chunk.length);
    System.arraycopy(chunk, 0, rest, before, chunk.length);
    List<Frame> frames = new ArrayList<>();
    int used = 0;
    while (true) {
      int end = blankLine(used);
      if (end < 0) {
        break;
      }
      String head = new String(rest, used, end - used, StandardCharsets.UTF_8);
      int length = length(head);
      if (rest.length < end + 2 + length) {
        break;
      }
      frames.add(new Frame(head, new String(rest, end + 2, length, StandardCharsets.UTF_8)));
      used = end + 2 + length;
    }
    rest = Arrays.copyOfRange(rest, used, rest.length);
    return frames;
  }

  private int blankLine(int from) {
    for (int i = from; i + 1 < rest.length; i++) {
      if (rest[i] == '\n' && rest[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Content-Length: "))
        .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length()).strip()))
        .findFirst()
        .orElse(0);
  }
}
