package dev.callflow.core.pattern;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pattern that matches a number best, without trying all of them: a pattern is tried only
 * if the number contains a text that every match of the pattern contains. Patterns for which no
 * such text is known are always tried.
 *
 * <p>Any thread may search; one thread at a time may add and remove.
 */
public final class PatternIndex {

  /**
   * The best match.
   *
   * @param owner the id of what the pattern belongs to
   * @param match how the pattern matches
   */
  public record Found(String owner, NumberPattern.Match match) {}

  private record Rule(String pattern, String owner) {}

  private static final Comparator<Rule> ORDER =
      Comparator.comparing(Rule::pattern).thenComparing(Rule::owner);

  private final CompiledPatterns compiled;

  /** By a text that a number begins with, or that it contains; usually one rule for each. */
  private final Map<RequiredText, Set<Rule>> byText = new ConcurrentHashMap<>();

  /** The lengths of the texts that there have ever been. */
  private final NavigableSet<Integer> startLengths = new ConcurrentSkipListSet<>();

  private final NavigableSet<Integer> partLengths = new ConcurrentSkipListSet<>();

  /** The rules without a known text. */
  private final Set<Rule> others = ConcurrentHashMap.newKeySet();

  private volatile int size;

  /**
   * Creates an empty index.
   *
   * @param compiled compiles the patterns that are tried
   */
  public PatternIndex(CompiledPatterns compiled) {
    this.compiled = compiled;
  }

  /**
   * Adds a pattern that the owner does not have yet.
   *
   * @param pattern the regular expression
   * @param owner the id of what it belongs to
   * @throws java.util.regex.PatternSyntaxException if the regular expression is invalid
   */
  public void add(String pattern, String owner) {
    Rule rule = new Rule(pattern, owner);
    Set<RequiredText> texts = RequiredTexts.of(NumberPattern.of(pattern).text());
    if (texts.isEmpty()) {
      others.add(rule);
    }
    for (RequiredText each : texts) {
      (each.atStart() ? startLengths : partLengths).add(each.text().length());
      byText.compute(each, (text, known) -> with(known, rule));
    }
    size++;
  }

  /**
   * Removes a pattern; does nothing if it has not been added.
   *
   * @param pattern the regular expression
   * @param owner the id of what it belongs to
   */
  public void remove(String pattern, String owner) {
    Rule rule = new Rule(pattern, owner);
    boolean found = others.remove(rule);
    for (RequiredText each : RequiredTexts.of(pattern)) {
      found |= having(each).contains(rule);
      byText.computeIfPresent(each, (text, known) -> without(known, rule));
    }
    size -= found ? 1 : 0;
  }

  private static Set<Rule> with(@Nullable Set<Rule> known, Rule rule) {
    if (known == null) {
      return Set.of(rule);
    }
    Set<Rule> all = known;
    if (known.size() == 1) {
      all = ConcurrentHashMap.newKeySet();
      all.addAll(known);
    }
    all.add(rule);
    return all;
  }

  private static @Nullable Set<Rule> without(Set<Rule> known, Rule rule) {
    if (!known.contains(rule)) {
      return known;
    }
    if (known.size() == 1) {
      return null;
    }
    known.remove(rule);
    return known;
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
   * first alphabetically, and of equal patterns the one whose owner does.
   *
   * @param number the number
   * @return the match; empty if no pattern matches
   */
  public Optional<Found> longest(String number) {
    Optional<Found> best = Optional.empty();
    int longest = -1;
    for (Rule rule : candidates(number)) {
      Optional<NumberPattern.Match> match = compiled.of(rule.pattern).match(number);
      if (match.isPresent() && match.get().captured().length() > longest) {
        longest = match.get().captured().length();
        best = Optional.of(new Found(rule.owner, match.get()));
      }
    }
    return best;
  }

  /** Returns how many patterns are tried for a number. */
  int tried(String number) {
    return candidates(number).size();
  }

  private List<Rule> candidates(String number) {
    Set<Rule> found = new HashSet<>(others);
    for (int length : startLengths.headSet(number.length(), true)) {
      found.addAll(having(new RequiredText(number.substring(0, length), true)));
    }
    for (int length : partLengths.headSet(number.length(), true)) {
      for (int start = 0; start + length <= number.length(); start++) {
        found.addAll(having(new RequiredText(number.substring(start, start + length), false)));
      }
    }
    return found.stream().sorted(ORDER).toList();
  }

  private Set<Rule> having(RequiredText text) {
    return byText.getOrDefault(text, Set.of());
  }
}
