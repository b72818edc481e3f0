package dev.callflow.core.document;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pattern of a document, matched against numbers within a bounded amount of work.
 *
 * @param pattern the regular expression, not anchored unless its author anchors it
 */
public record NumberPattern(Pattern pattern) {

  private static final Logger LOG = LoggerFactory.getLogger(NumberPattern.class);

  /** Enough for any sensible pattern; a hostile one would keep a call waiting for hours. */
  private static final int MAX_STEPS = 200_000;

  /**
   * What a pattern has matched.
   *
   * @param captured the longest group, or the whole match if the pattern has none
   * @param groups the named groups that are not empty
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
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  public static NumberPattern of(String text) {
    return new NumberPattern(Pattern.compile(text));
  }

  /**
   * Returns the pattern as it was written.
   *
   * @return its text
   */
  public String text() {
    return pattern.pattern();
  }

  /**
   * Looks for the pattern in a number.
   *
   * @param number the number
   * @return what was matched; empty if nothing, or if the pattern takes too long
   */
  public Optional<Match> match(String number) {
    Matcher matcher = pattern.matcher(new Bounded(number, new int[1]));
    try {
      if (!matcher.find()) {
        return Optional.empty();
      }
    } catch (TooMuchWorkException e) {
      LOG.warn("pattern {} takes too long on a number of {} keys", text(), number.length());
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

  /** A text that gives up after so many looks at its characters. */
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
