package dev.callflow.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class PatternIndexTests {

  private static final long SEED = 20261130;

  private static final List<String> PARTS =
      List.of(
          "1",
          "20",
          "49",
          "\\+",
          "\\*",
          "#",
          "0?",
          "2+",
          "3*",
          "4{2}",
          "5{0,1}",
          "[0-4]",
          "[^7]",
          "\\d",
          "\\D?",
          ".",
          ".*",
          "(\\d+)",
          "(?:1|20)",
          "(1|)",
          "(49|1)+",
          "(30)?",
          "(?<room>2.)",
          "^",
          "$",
          "|",
          "(^1|2)",
          "(?=1)",
          "(?!2)",
          "(?i)",
          "\\Q1\\E",
          "\\x31",
          "\\b",
          "1??",
          "2++");

  private final PatternIndex index = new PatternIndex(new CompiledPatterns());

  /** The index may try patterns that do not match, but must leave out none that does. */
  @Test
  void theIndexFindsWhatTryingAllPatternsFinds() {
    Random random = new Random(SEED);
    Map<String, String> patterns = new HashMap<>();
    int found = 0;
    for (int round = 0; round < 10_000; round++) {
      String owner = "owner-" + random.nextInt(4);
      String before = patterns.remove(owner);
      if (before != null) {
        index.remove(before, owner);
      } else {
        String pattern = pattern(random);
        index.add(pattern, owner);
        patterns.put(owner, pattern);
      }
      String number = number(random);
      Optional<PatternIndex.Found> expected = byTryingAll(patterns, number);
      assertThat(index.longest(number)).as("%s in %s", number, patterns).isEqualTo(expected);
      assertThat(index.size()).isEqualTo(patterns.size());
      found += expected.isPresent() ? 1 : 0;
    }
    assertThat(found).isBetween(2_000, 9_000);
  }

  @Test
  void aPatternIsTriedOnlyForNumbersThatContainItsText() {
    for (int i = 0; i < 1_000; i++) {
      index.add("^7" + i + "(\\d*)$", "owner-" + i);
    }

    assertThat(index.tried("7123")).isEqualTo(3);
    assertThat(index.tried("8123")).isZero();
    assertThat(owner("7123")).isEqualTo("owner-1");
  }

  @Test
  void ofEqualPatternsTheFirstOwnerTakesPrecedence() {
    index.add("^1", "c");
    index.add("^1", "a");
    index.add("^1", "b");
    assertThat(owner("12")).isEqualTo("a");

    index.remove("^1", "a");
    assertThat(owner("12")).isEqualTo("b");
    index.remove("^1", "b");
    index.remove("^1", "c");
    assertThat(index.longest("12")).isEmpty();
  }

  private String owner(String number) {
    return index.longest(number).orElseThrow().owner();
  }

  private static Optional<PatternIndex.Found> byTryingAll(
      Map<String, String> patterns, String number) {
    Optional<PatternIndex.Found> best = Optional.empty();
    int longest = -1;
    List<Map.Entry<String, String>> inOrder =
        patterns.entrySet().stream()
            .sorted(
                Map.Entry.<String, String>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    for (Map.Entry<String, String> each : inOrder) {
      Optional<NumberPattern.Match> match = NumberPattern.of(each.getValue()).match(number);
      if (match.isPresent() && match.get().captured().length() > longest) {
        longest = match.get().captured().length();
        best = Optional.of(new PatternIndex.Found(each.getKey(), match.get()));
      }
    }
    return best;
  }

  /** Joins random parts; patterns that are invalid together are drawn again. */
  private static String pattern(Random random) {
    while (true) {
      StringBuilder pattern = new StringBuilder(random.nextInt(3) == 0 ? "" : "^");
      int parts = 1 + random.nextInt(5);
      for (int i = 0; i < parts; i++) {
        pattern.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      try {
        return NumberPattern.of(pattern.toString()).text();
      } catch (PatternSyntaxException e) {
        // Two groups have the same name, for instance.
      }
    }
  }

  private static String number(Random random) {
    StringBuilder number = new StringBuilder();
    int parts = 1 + random.nextInt(6);
    for (int i = 0; i < parts; i++) {
      number.append(
          List.of("1", "20", "49", "+", "*", "#", "0", "2", "30", "44", "7")
              .get(random.nextInt(11)));
    }
    return number.toString();
  }
}
