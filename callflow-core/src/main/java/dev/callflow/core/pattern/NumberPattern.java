package dev.callflow.core.pattern;

import dev.callflow.core.time.OneLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A regular expression from a document, matched against numbers with a bounded number of steps.
 *
 * @param pattern the regular expression; it may match any part of a number unless it has anchors
 */
public record NumberPattern(Pattern pattern) {

  private static final Logger LOG = LoggerFactory.getLogger(NumberPattern.class);

  /** Sufficient for any reasonable pattern; without a limit, a hostile one could run for hours. */
  private static final int MAX_STEPS = 200_000;

  /**
   * A match of a pattern.
   *
   * @param captured the longest string captured by a group, or the whole match if the pattern has
   *     no groups
   * @param groups the non-empty values of the named groups, by name
   */
  public record Match(String captured, Map<String, String> groups) {

    /** Copies the groups. */
    public Match {
      groups = Map.copyOf(groups);
    }
  }

  /**
   * Compiles a pattern.
   *
   * @param text the regular expression
   * @return the pattern
   * @throws java.util.regex.PatternSyntaxException if the regular expression is invalid
   */
  public static NumberPattern of(String text) {
    return new NumberPattern(Pattern.compile(text));
  }

  /**
   * Returns the regular expression as written.
   *
   * @return the regular expression
   */
  public String text() {
    return pattern.pattern();
  }

  /**
   * Searches a number for the pattern.
   *
   * @param number the number
   * @return the first match; empty if there is none or the pattern needs too many steps
   */
  public Optional<Match> match(String number) {
    Matcher matcher = pattern.matcher(new Bounded(number, new int[1]));
    try {
      if (!matcher.find()) {
        return Optional.empty();
      }
    } catch (TooMuchWorkException e) {
      LOG.warn(
          "pattern {} needs too many steps for a number of {} digits",
          OneLine.of(text()),
          number.length());
      return Optional.empty();
    }
    String captured = matcher.groupCount() == 0 ? matcher.group() : "";
    for (int i = 1; i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      if (group != null && group.length() > captured.length()) {
        captured = group;
      }
    }
    Map<String, String> groups = new HashMap<>();
    for (String name : pattern.namedGroups().keySet()) {
      String group = matcher.group(name);
      if (group != null && !group.isEmpty()) {
        groups.put(name, group);
      }
    }
    return Optional.of(new Match(captured, groups));
  }

  /** A string that throws an exception when its characters have been read too many times. */
  private record Bounded(String text, int[] steps) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++steps[0] > MAX_STEPS) {
        throw new TooMuchWorkException();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooMuchWorkException extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1;

    TooMuchWorkException() {
      super("the pattern needs too many steps", null, false, false);
    }
  }
}
