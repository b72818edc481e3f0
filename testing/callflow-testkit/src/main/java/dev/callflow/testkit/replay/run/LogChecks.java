package dev.callflow.testkit.replay.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for text that must not appear in any log line, event or exception. */
final class LogChecks {

  /** Random UUIDs are masked, since some contain the same four digits as a PIN by chance. */
  private static final Pattern UUID =
      Pattern.compile("(?i)\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");

  private LogChecks() {}

  static List<String> differences(List<String> never, Facts facts) {
    return differences(never, places(facts).toList());
  }

  static List<String> differences(List<String> never, List<String> lines) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < never.size(); i++) {
      Pattern word = word(never.get(i));
      String mask = "<logs_never " + (i + 1) + ">";
      lines.stream()
          .map(line -> UUID.matcher(line).replaceAll("(a UUID)"))
          .filter(line -> word.matcher(line).find())
          .map(line -> word.matcher(line).replaceAll(mask))
          .map(line -> "logs_never: found in: " + line)
          .forEach(all::add);
    }
    return all;
  }

  private static Stream<String> places(Facts facts) {
    return Stream.of(
            facts.logLines.stream(),
            facts.events.stream().map(event -> "event " + event.value().json()),
            facts.failures.stream())
        .flatMap(lines -> lines);
  }

  /** Matches the text as a whole word, not within a run of letters, digits or underscores. */
  private static Pattern word(String text) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(text) + "(?!\\w)");
  }
}
