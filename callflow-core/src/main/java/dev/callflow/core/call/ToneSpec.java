package dev.callflow.core.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permitted tones: a strict subset of the syntax of FreeSWITCH's tone generator.
 *
 * <p>The full syntax can also make the generator read files ({@code path=}). The generator creates
 * the whole sound in memory before playing the first sample, so the length is limited. Only the
 * complete tone may repeat forever, with {@code loops=-1} at its end.
 */
final class ToneSpec {

  private static final int MAX_LENGTH = 1024;

  /** Longer than any ringing tone; a sound of this length takes 2 MB at 8 kHz. */
  private static final long MAX_MILLIS = 120_000;

  /**
   * The duration assumed for a key if {@code d=} is missing; the generator's own default is
   * shorter.
   */
  private static final long KEY_MILLIS = 250;

  private static final int MAX_FREQUENCIES = 8;

  private static final Pattern LOOPS = Pattern.compile(";loops=(-1|\\d{1,4})$");
  private static final Pattern TONE =
      Pattern.compile(
          "%\\( ?(\\d{1,6}), ?(\\d{1,6})((?:, ?\\d{1,5}(?:\\.\\d{1,3})?){1,"
              + MAX_FREQUENCIES
              + "})\\)");
  private static final Pattern SETTING =
      Pattern.compile(
          "([dwlL])=(\\d{1,6})|v=-?\\d{1,2}(?:\\.\\d{1,3})?|[<>]=\\d{1,6}"
              + "|\\+=\\d{0,3}(?:\\.\\d{1,3})?|r=(?:8000|16000|32000|48000)");
  private static final Pattern KEYS = Pattern.compile("[0-9A-Za-z*#]{1,64}");

  private ToneSpec() {}

  /** Returns whether a string, given without {@code tone_stream://}, is a permitted tone. */
  static boolean isTone(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    Matcher loops = LOOPS.matcher(text);
    String tones = loops.find() ? text.substring(0, loops.start()) : text;
    long total = 0;
    long key = KEY_MILLIS;
    long wait = 0;
    long each = 1;
    long all = 1;
    boolean sounds = false;
    for (String part : tones.split(";", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      Matcher setting = SETTING.matcher(part);
      if (setting.matches()) {
        long value = setting.group(2) == null ? 0 : Long.parseLong(setting.group(2));
        switch (setting.group(1) == null ? "" : setting.group(1)) {
          case "d" -> key = value;
          case "w" -> wait = value;
          case "l" -> each = Math.max(1, value);
          case "L" -> all = Math.max(all, value);
          default -> {}
        }
        continue;
      }
      long millis = KEYS.matcher(part).matches() ? part.length() * (key + wait) : tones(part);
      if (millis < 0) {
        return false;
      }
      sounds = true;
      total += millis * each;
    }
    return sounds && total * all <= MAX_MILLIS;
  }

  /**
   * Returns the total duration of consecutive tones in milliseconds; negative if the string
   * contains anything else.
   */
  private static long tones(String part) {
    Matcher tone = TONE.matcher(part);
    long millis = 0;
    int end = 0;
    while (tone.find() && tone.start() == end) {
      millis += Long.parseLong(tone.group(1)) + Long.parseLong(tone.group(2));
      end = tone.end();
    }
    return end > 0 && end == part.length() ? millis : -1;
  }
}
