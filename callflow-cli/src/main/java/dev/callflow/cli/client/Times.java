package dev.callflow.cli.client;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Writes the times of the API for people. */
final class Times {

  /** The number of seconds from the start of the year 0, when the API's times begin, to 1970. */
  private static final long GREGORIAN = 62_167_219_200L;

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Times() {}

  /** Returns a time in the time zone of this machine; {@code -} if it is missing. */
  static String local(JsonNode seconds) {
    return seconds.isIntegralNumber()
        ? FORMAT.format(
            Instant.ofEpochSecond(seconds.asLong() - GREGORIAN).atZone(ZoneId.systemDefault()))
        : "-";
  }

  /** Returns a duration as hours, minutes and seconds. */
  static String duration(JsonNode seconds) {
    long all = seconds.asLong(0);
    return String.format(Locale.ROOT, "%d:%02d:%02d", all / 3600, all / 60 % 60, all % 60);
  }
}
