package dev.callflow.core.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the pattern that matches a number best, without trying all of them: a pattern is tried only
 * if the number contains a text that every match of the pattern contains. Patterns for which no
 * such text is known are always tried. Immutable.
 *
 * @param <T> what belongs to a pattern
 */
public final class PatternIndex<T> {

  /**
   * The best match.
   *
   * @param <T> what belongs to a pattern
   * @param owner what belongs to the pattern
   * @param match how the pattern matches
   */
  public record Found<T>(T owner, NumberPattern.Match match) {}

  /** A pattern, and its position among those that were added. */
  private record Rule<T>(String pattern, int position, T owner) {}

  private final Map<String, Set<RequiredText>> required;

  /** By a text that a number begins with, or that it contains. */
  private final Map<RequiredText, List<Rule<T>>> byText = new HashMap<>();

  private final NavigableSet<Integer> startLengths = new TreeSet<>();
  private final NavigableSet<Integer> partLengths = new TreeSet<>();

  /** The rules without a known text. */
  private final List<Rule<T>> others = new ArrayList<>();

  private final CompiledPatterns compiled;
  private final int size;

  private PatternIndex(Builder<T> builder) {
    required = builder.required;
    compiled = builder.compiled;
    size = builder.rules.size();
    builder.rules.forEach(this::add);
  }

  private void add(Rule<T> rule) {
    Set<RequiredText> texts = required.getOrDefault(rule.pattern, Set.of());
    if (texts.isEmpty()) {
      others.add(rule);
    }
    for (RequiredText each : texts) {
      (each.atStart() ? startLengths : partLengths).add(each.text().length());
      byText.computeIfAbsent(each, text -> new ArrayList<>(1)).add(rule);
    }
  }

  /**
   * Collects the patterns of an index.
   *
   * @param <T> what belongs to a pattern
   */
  public static final class Builder<T> {

    private final Map<String, Set<RequiredText>> known;
    private final Map<String, Set<RequiredText>> required = new HashMap<>();
    private final List<Rule<T>> rules = new ArrayList<>();
    private final CompiledPatterns compiled;

    /**
     * Starts without patterns.
     *
     * @param before an earlier index; its patterns need not be read again
     * @param compiled compiles the patterns that are tried
     */
    public Builder(Optional<PatternIndex<T>> before, CompiledPatterns compiled) {
      known = before.map(index -> index.required).orElse(Map.of());
      this.compiled = compiled;
    }

    /**
     * Adds a pattern. Of equal ones, the first takes precedence.
     *
     * @param pattern the regular expression
     * @param owner what belongs to it
     * @throws java.util.regex.PatternSyntaxException if the regular expression is invalid
     */
    public void add(String pattern, T owner) {
      Set<RequiredText> texts = known.get(pattern);
      if (texts == null) {
        texts = RequiredTexts.of(NumberPattern.of(pattern).text());
      }
      required.put(pattern, texts);
      rules.add(new Rule<>(pattern, rules.size(), owner));
    }

    /**
     * Creates the index.
     *
     * @return the index
     */
    public PatternIndex<T> build() {
      return new PatternIndex<>(this);
    }
  }

  /**
   * Returns how many patterns there are.
   *
   * @return the number of patterns
   */
  public int size() {
    return size;
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
    for (Rule<T> rule : candidates(number)) {
      Optional<NumberPattern.Match> match = compiled.of(rule.pattern).match(number);
      if (match.isPresent() && match.get().captured().length() > longest) {
        longest = match.get().captured().length();
        best = Optional.of(new Found<>(rule.owner, match.get()));
      }
    }
    return best;
  }

  /** Returns how many patterns are tried for a number. */
  int tried(String number) {
    return candidates(number).size();
  }

  private List<Rule<T>> candidates(String number) {
    Set<Rule<T>> found = new HashSet<>(others);
    for (int length : startLengths.headSet(number.length(), true)) {
      found.addAll(having(new RequiredText(number.substring(0, length), true)));
    }
    for (int length : partLengths.headSet(number.length(), true)) {
      for (int start = 0; start + length <= number.length(); start++) {
        found.addAll(having(new RequiredText(number.substring(start, start + length), false)));
      }
    }
    return found.stream()
        .sorted(Comparator.comparing((Rule<T> rule) -> rule.pattern).thenComparing(Rule::position))
        .toList();
  }

  private List<Rule<T>> having(RequiredText text) {
    return byText.getOrDefault(text, List.of());
  }
}
