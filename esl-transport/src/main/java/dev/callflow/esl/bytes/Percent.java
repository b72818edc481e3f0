package dev.callflow.esl.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Decodes FreeSWITCH's percent-encoding to bytes, and these bytes as UTF-8
 * (docs/spec/event-socket.md#plain-events).
 */
public final class Percent {

  private Percent() {}

  /** Decodes a value; a percent sign not followed by two hexadecimal digits is kept. */
  public static String decode(byte[] bytes, int from, int to) {
    if (Lines.indexOf(bytes, (byte) '%', from, to) < 0) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    byte[] decoded = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      byte next = bytes[i];
      if (next == '%' && i + 2 < to) {
        int high = Character.digit(bytes[i + 1], 16);
        int low = Character.digit(bytes[i + 2], 16);
        if (high >= 0 && low >= 0) {
          decoded[length++] = (byte) (high << 4 | low);
          i += 2;
          continue;
        }
      }
      decoded[length++] = next;
    }
    return new String(decoded, 0, length, StandardCharsets.UTF_8);
  }

  /** Returns whether the bytes decode to the given ASCII text, without decoding them. */
  public static boolean matches(byte[] bytes, int from, int to, String text) {
    int i = from;
    for (int k = 0; k < text.length(); k++) {
      if (i >= to) {
        return false;
      }
      int next = bytes[i];
      i++;
      if (next == '%' && i + 1 < to) {
        int high = Character.digit(bytes[i], 16);
        int low = Character.digit(bytes[i + 1], 16);
        if (high >= 0 && low >= 0) {
          next = high << 4 | low;
          i += 2;
        }
      }
      if (next != text.charAt(k)) {
        return false;
      }
    }
    return i == to;
  }

  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return decode(bytes, 0, bytes.length);
  }
}
