package dev.callflow.core.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pattern that matches a number best, without trying all of them: a pattern is tried only
 * if the number contains a text that every match of the pattern contains. Patterns for which no
 * such text is known are always tried. Immutable.
 *
 * @param <T> what belongs to a pattern
 */
public final class PatternIndex<T> {

  /**
   * A pattern and what belongs to it.
   *
   * @param pattern the pattern
   * @param owner what belongs to it
   */
  public record Rule<T>(NumberPattern pattern, T owner) {}

  /**
   * The best match.
   *
   * @param owner what belongs to the pattern
   * @param match how the pattern matches
   */
  public record Found<T>(T owner, NumberPattern.Match match) {}

  private final List<Rule<T>> rules;

  /** The positions of rules in the list, by the text that a number begins with. */
  private final Map<String, List<Integer>> byStart = new HashMap<>();

  /** The positions of rules in the list, by the text that a number contains. */
  private final Map<String, List<Integer>> byPart = new HashMap<>();

  private final NavigableSet<Integer> startLengths = new TreeSet<>();
  private final NavigableSet<Integer> partLengths = new TreeSet<>();

  /** The positions of rules without a known text. */
  private final List<Integer> others = new ArrayList<>();

  private PatternIndex(List<Rule<T>> rules) {
    this.rules = rules;
    for (int i = 0; i < rules.size(); i++) {
      add(i, RequiredTexts.of(rules.get(i).pattern().text()));
    }
  }

  /**
   * Creates an index.
   *
   * @param rules the patterns; between equal ones, the first takes precedence
   * @return the index
   */
  public static <T> PatternIndex<T> of(List<Rule<T>> rules) {
    return new PatternIndex<>(
        rules.stream().sorted(Comparator.comparing(rule -> rule.pattern().text())).toList());
  }

  private void add(int rule, Set<RequiredText> texts) {
    if (texts.isEmpty()) {
      others.add(rule);
    }
    for (RequiredText each : texts) {
      (each.atStart() ? startLengths : partLengths).add(each.text().length());
      (each.atStart() ? byStart : byPart)
          .computeIfAbsent(each.text(), text -> new ArrayList<>(1))
          .add(rule);
    }
  }

  /**
   * Returns the match that captures the longest text; among equals, the one whose pattern comes
   * first alphabetically.
   *
   * @param number the number
   * @return the match; empty if no pattern matches
   */
  public Optional<Found<T>> longest(String number) {
    Optional<Found<T>> best = Optional.empty();
    int longest = -1;
    for (int candidate : candidates(number)) {
      Rule<T> rule = rules.get(candidate);
      Optional<NumberPattern.Match> match = rule.pattern().match(number);
      if (match.isPresent() && match.get().captured().length() > longest) {
        longest = match.get().captured().length();
        best = Optional.of(new Found<>(rule.owner(), match.get()));
      }
    }
    return best;
  }

  /** Returns the positions of the rules that may match, in ascending order. */
  int[] candidates(String number) {
    IntStream.Builder found = IntStream.builder();
    others.forEach(found::add);
    for (int length : startLengths.headSet(number.length(), true)) {
      addAll(found, byStart.get(number.substring(0, length)));
    }
    for (int length : partLengths.headSet(number.length(), true)) {
      for (int start = 0; start + length <= number.length(); start++) {
        addAll(found, byPart.get(number.substring(start, start + length)));
      }
    }
    return found.build().sorted().distinct().toArray();
  }

  private static void addAll(IntStream.Builder found, @Nullable List<Integer> rules) {
    if (rules != null) {
      rules.forEach(found::add);
    }
  }
}
