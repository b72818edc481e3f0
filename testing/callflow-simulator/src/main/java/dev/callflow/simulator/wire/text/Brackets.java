package dev.callflow.simulator.wire.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block of variables in front of a text: {@code {a=1,b=2}rest}, {@code <…>} or {@code […]}.
 *
 * @param variables names and values in their order; a name may occur again. What has no value is
 *     not among them
 * @param rest what stands behind the block
 */
public record Brackets(List<Map.Entry<String, String>> variables, String rest) {

  private static final int MAX_VARIABLES = 1024;

  /** Copies the variables. */
  public Brackets {
    variables = List.copyOf(variables);
  }

  /**
   * Reads the block at the beginning of a text. It ends at the bracket that closes it, whether that
   * is quoted or not; {@code ^^} and a character at its beginning replace the separator.
   *
   * <p>FreeSWITCH reads on behind a block whose last character is a backslash, and stops at the
   * next separator; here such a block ends as any other.
   *
   * @param text what begins with the opening bracket
   * @param open the bracket that opens
   * @param close the bracket that closes
   * @param separator what stands between variables unless the block says otherwise
   * @return the block; empty if nothing closes it
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

  /** Where the block at the beginning ends; negative if it does not. */
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
