package dev.callflow.core.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tones that may be asked for: a strict subset of what FreeSWITCH's tone generator takes.
 *
 * <p>The generator also reads files ({@code path=}), and it makes the whole sound before the first
 * sample is heard: an hour of tones is an hour's worth of memory. So the length is bounded; only
 * the whole may be repeated for ever, by {@code loops=-1} at the end.
 */
final class ToneSpec {

  private static final int MAX_LENGTH = 1024;

  /** Longer than any ringing, and 2 MB at 8 kHz. */
  private static final long MAX_MILLIS = 120_000;

  /** What a key lasts where no {@code d=} says otherwise; the generator's own is shorter. */
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

  /** Whether a text, without {@code tone_stream://}, may be given to the generator. */
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

  /** How long tones that follow each other directly last; negative if they are none. */
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
