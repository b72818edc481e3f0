package dev.callflow.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The accepted differences between a switch and the recordings, read from a file in {@code
 * contract}.
 *
 * <p>Each paragraph of the file begins with the reason for its rules, in lines that start with
 * {@code #}. The other lines are the rules, in the form {@code recording | difference}; both parts
 * are regular expressions.
 */
final class AcceptedDifferences {

  private record Rule(String line, Pattern recording, Pattern difference) {}

  private final List<Rule> rules = new ArrayList<>();
  private final Set<Rule> used = ConcurrentHashMap.newKeySet();

  static AcceptedDifferences read(String file) throws IOException {
    AcceptedDifferences accepted = new AcceptedDifferences();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                AcceptedDifferences.class.getResourceAsStream("/contract/" + file),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> {
            String[] parts = line.split(" \\| ", 2);
            accepted.rules.add(
                new Rule(
                    line,
                    Pattern.compile(parts[0].strip()),
                    Pattern.compile(parts[1].strip(), Pattern.DOTALL)));
          });
    }
    return accepted;
  }

  boolean knows(String recording, String difference) {
    return rules.stream().anyMatch(rule -> matches(rule, recording, difference));
  }

  boolean accepts(String recording, String difference) {
    boolean accepts = false;
    for (Rule rule : rules) {
      if (matches(rule, recording, difference)) {
        used.add(rule);
        accepts = true;
      }
    }
    return accepts;
  }

  private static boolean matches(Rule rule, String recording, String difference) {
    return rule.recording().matcher(recording).matches()
        && rule.difference().matcher(difference).matches();
  }

  /** Returns the rules that no recording needed. */
  List<String> unneeded() {
    return rules.stream().filter(rule -> !used.contains(rule)).map(Rule::line).toList();
  }
}
