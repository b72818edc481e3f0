package dev.callflow.testkit.replay.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes durations in the notation of case files: {@code 250ms}, {@code 5s}, {@code 2m}.
 */
public final class Durations {

  /** The message of the problem for a value that is not a duration. */
  public static final String FORM = "must be a duration such as \"250ms\", \"5s\" or \"2m\"";

  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m)");

  private Durations() {}

  public static Optional<Duration> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        });
  }

  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    return millis % 60_000 == 0 && millis > 0 ? millis / 60_000 + "m" : millis / 1000 + "s";
  }
}
