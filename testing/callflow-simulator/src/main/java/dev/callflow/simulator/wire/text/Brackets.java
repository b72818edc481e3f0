package dev.callflow.simulator.wire.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block of variables at the start of a string, such as {@code {a=1,b=2}rest}. The brackets can
 * also be {@code <…>} or {@code […]}.
 *
 * @param variables the names and values in order; names may repeat, and names without a value are
 *     omitted
 * @param rest the part of the string after the block
 */
public record Brackets(List<Map.Entry<String, String>> variables, String rest) {

  private static final int MAX_VARIABLES = 1024;

  /** Copies the variables. */
  public Brackets {
    variables = List.copyOf(variables);
  }

  /**
   * Parses the block at the start of a string. The block ends at its closing bracket, even if that
   * bracket is quoted. If the block starts with {@code ^^}, the next character replaces the
   * separator.
   *
   * <p>If the last character in a block is a backslash, FreeSWITCH reads on to the next separator
   * after the block; this method ends the block at its closing bracket.
   *
   * @param text the string, which starts with the opening bracket
   * @param open the opening bracket
   * @param close the closing bracket
   * @param separator the separator between variables, unless the block sets its own
   * @return the block; empty if it is not closed
   */
  public static Optional<Brackets> read(String text, char open, char close, char separator) {
    int end = end(text, open, close);
    if (end < 0) {
      return Optional.empty();
    }
    String inside = text.substring(1, end);
    char between = separator;
    if (inside.length() > 2 && inside.startsWith("^^")) {
      between = inside.charAt(2);
      inside = inside.substring(3);
    }
    List<Map.Entry<String, String>> variables = new ArrayList<>();
    for (String one : Words.of(inside, between, MAX_VARIABLES)) {
      List<String> pair = Words.of(one, '=', 2);
      if (pair.size() == 2) {
        variables.add(Map.entry(pair.getFirst(), pair.getLast()));
      }
    }
    return Optional.of(new Brackets(variables, text.substring(end + 1)));
  }

  /**
   * Returns the index of the closing bracket of the block at the start of a string; negative if
   * there is no complete block.
   */
  static int end(String text, char open, char close) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i == 0 && c != open) {
        return -1;
      }
      depth += c == open ? 1 : c == close ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
