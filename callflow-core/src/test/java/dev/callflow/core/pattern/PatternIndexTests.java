package dev.callflow.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

  /** A pattern may be tried in vain, but none that matches may be left out. */
  @Test
  void theIndexFindsWhatTryingAllPatternsFinds() {
    Random random = new Random(SEED);
    CompiledPatterns compiled = new CompiledPatterns();
    Optional<PatternIndex<Integer>> before = Optional.empty();
    int found = 0;
    for (int round = 0; round < 2_000; round++) {
      List<String> patterns = new ArrayList<>();
      PatternIndex.Builder<Integer> builder = new PatternIndex.Builder<>(before, compiled);
      for (int i = 0; i < 4; i++) {
        patterns.add(pattern(random));
        builder.add(patterns.getLast(), i);
      }
      PatternIndex<Integer> index = builder.build();
      before = Optional.of(index);
      for (int i = 0; i < 5; i++) {
        String number = number(random);
        Optional<PatternIndex.Found<Integer>> expected = byTryingAll(patterns, number);
        assertThat(index.longest(number)).as("%s in %s", number, patterns).isEqualTo(expected);
        found += expected.isPresent() ? 1 : 0;
      }
    }
    assertThat(found).isBetween(3_000, 9_000);
  }

  @Test
  void aPatternIsTriedOnlyForNumbersThatContainItsText() {
    PatternIndex.Builder<Integer> builder =
        new PatternIndex.Builder<>(Optional.empty(), new CompiledPatterns());
    for (int i = 0; i < 1_000; i++) {
      builder.add("^7" + i + "(\\d*)$", i);
    }
    PatternIndex<Integer> index = builder.build();

    assertThat(index.tried("7123")).isEqualTo(3);
    assertThat(index.tried("8123")).isZero();
    assertThat(index.longest("7123").orElseThrow().owner()).isEqualTo(1);
  }

  @Test
  void theFirstOfEqualPatternsTakesPrecedence() {
    PatternIndex.Builder<String> builder =
        new PatternIndex.Builder<>(Optional.empty(), new CompiledPatterns());
    builder.add("^1", "first");
    builder.add("^1", "second");

    assertThat(builder.build().longest("12").orElseThrow().owner()).isEqualTo("first");
  }

  private static Optional<PatternIndex.Found<Integer>> byTryingAll(
      List<String> patterns, String number) {
    Optional<PatternIndex.Found<Integer>> best = Optional.empty();
    int longest = -1;
    for (String pattern : patterns.stream().sorted().toList()) {
      Optional<NumberPattern.Match> match = NumberPattern.of(pattern).match(number);
      if (match.isPresent() && match.get().captured().length() > longest) {
        longest = match.get().captured().length();
        best = Optional.of(new PatternIndex.Found<>(patterns.indexOf(pattern), match.get()));
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
