package dev.callflow.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
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

  /** Any pattern may be tried too often, but none that matches may be left out. */
  @Test
  void theIndexFindsWhatTryingAllPatternsFinds() {
    Random random = new Random(SEED);
    int found = 0;
    for (int round = 0; round < 2_000; round++) {
      List<PatternIndex.Rule<Integer>> rules = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        rules.add(new PatternIndex.Rule<>(NumberPattern.of(pattern(random)), i));
      }
      PatternIndex<Integer> index = PatternIndex.of(rules);
      for (int i = 0; i < 5; i++) {
        String number = number(random);
        Optional<PatternIndex.Found<Integer>> expected = byTryingAll(rules, number);
        assertThat(index.longest(number)).as("%s in %s", number, rules).isEqualTo(expected);
        found += expected.isPresent() ? 1 : 0;
      }
    }
    assertThat(found).isBetween(3_000, 9_000);
  }

  @Test
  void aPatternIsTriedOnlyForNumbersThatContainItsText() {
    PatternIndex<Integer> index =
        PatternIndex.of(
            IntStream.range(0, 1_000)
                .mapToObj(i -> new PatternIndex.Rule<>(NumberPattern.of("^7" + i + "(\\d*)$"), i))
                .toList());

    assertThat(index.candidates("7123")).hasSize(3);
    assertThat(index.candidates("8123")).isEmpty();
    assertThat(index.longest("7123").orElseThrow().owner()).isEqualTo(1);
  }

  private static Optional<PatternIndex.Found<Integer>> byTryingAll(
      List<PatternIndex.Rule<Integer>> rules, String number) {
    Optional<PatternIndex.Found<Integer>> best = Optional.empty();
    for (PatternIndex.Rule<Integer> rule :
        rules.stream().sorted(Comparator.comparing(it -> it.pattern().text())).toList()) {
      Optional<NumberPattern.Match> match = rule.pattern().match(number);
      if (match.isPresent()
          && best.map(it -> it.match().captured().length() < match.get().captured().length())
              .orElse(true)) {
        best = Optional.of(new PatternIndex.Found<>(rule.owner(), match.get()));
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
      } catch (java.util.regex.PatternSyntaxException e) {
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
