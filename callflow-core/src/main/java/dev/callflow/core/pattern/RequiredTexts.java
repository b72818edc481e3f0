package dev.callflow.core.pattern;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from a regular expression which texts its matches contain. Every number that the expression
 * matches contains at least one of the texts; the reverse is not true.
 *
 * <p>Only the constructs that occur in patterns for numbers are known. For an expression with any
 * other construct, such as a flag or a look-ahead, nothing is found.
 */
final class RequiredTexts {

  /** A backslash and a punctuation mark, which stands for itself. */
  private static final String ESCAPED = "\\\\[!-/:-@\\[-`{-~]";

  private static final String CLASS = "\\\\[dDwWsS]";

  /** One element of an expression; anything else is unknown. */
  private static final Pattern TOKEN =
      Pattern.compile(
          String.join(
              "|",
              "(?<literal>[A-Za-z0-9 !\"#%&',/:;<=>@_`~-]|" + ESCAPED + ")",
              "(?<any>\\.|"
                  + CLASS
                  + "|\\[\\^?(?:[^\\]\\[\\\\&^]|"
                  + ESCAPED
                  + "|"
                  + CLASS
                  + ")+\\])",
              "(?<quantifier>(?:(?<once>\\+)|[*?]|\\{[0-9]+(?:,[0-9]*)?\\})[?+]?)",
              "(?<open>\\((?:\\?:|\\?<[A-Za-z][A-Za-z0-9]*>|(?!\\?)))",
              "(?<close>\\))",
              "(?<or>\\|)",
              "(?<start>\\^)",
              "(?<end>\\$)"));

  /** Deeper nesting is unknown, so that the stack cannot overflow. */
  private static final int MAX_DEPTH = 20;

  private enum Token {
    LITERAL,
    ANY,
    QUANTIFIER,
    OPEN,
    CLOSE,
    OR,
    START,
    END,
    NONE,
    UNKNOWN
  }

  /** How often an element occurs in a match. */
  private enum Occurs {
    ONCE,
    REPEATEDLY,
    PERHAPS
  }

  private final String expression;
  private final Matcher tokens;
  private Token token = Token.NONE;
  private int at;
  private int depth;
  private boolean unknown;

  private RequiredTexts(String expression) {
    this.expression = expression;
    tokens = TOKEN.matcher(expression);
    next();
  }

  /**
   * Reads an expression.
   *
   * @return texts of which every match contains at least one; empty if nothing is known
   */
  static Set<RequiredText> of(String expression) {
    RequiredTexts reader = new RequiredTexts(expression);
    Set<RequiredText> texts = reader.alternatives(false);
    return reader.unknown || reader.token != Token.NONE ? Set.of() : Set.copyOf(texts);
  }

  private void next() {
    at = token == Token.NONE ? 0 : tokens.end();
    token = read();
    unknown |= token == Token.UNKNOWN;
  }

  private Token read() {
    if (at == expression.length()) {
      return Token.NONE;
    }
    if (!tokens.region(at, expression.length()).lookingAt()) {
      return Token.UNKNOWN;
    }
    for (Token each : Token.values()) {
      if (each.compareTo(Token.NONE) < 0
          && tokens.group(each.name().toLowerCase(Locale.ROOT)) != null) {
        return each;
      }
    }
    return Token.UNKNOWN;
  }

  /** Reads alternatives, up to a closing bracket or the end. */
  private Set<RequiredText> alternatives(boolean atStart) {
    Set<RequiredText> texts = new HashSet<>();
    boolean each = true;
    while (true) {
      Set<RequiredText> one = new Sequence(atStart).read();
      each &= !one.isEmpty();
      texts.addAll(one);
      if (token != Token.OR) {
        return each ? texts : Set.of();
      }
      next();
    }
  }

  /** Reads what follows an element. */
  private Occurs occurs() {
    if (token != Token.QUANTIFIER) {
      return Occurs.ONCE;
    }
    Occurs occurs = tokens.group("once") == null ? Occurs.PERHAPS : Occurs.REPEATEDLY;
    next();
    return occurs;
  }

  /** One alternative: elements that follow each other. */
  private final class Sequence {

    /** The literal characters immediately before the current position. */
    private final StringBuilder run = new StringBuilder();

    /** Whether the run begins where the number begins. */
    private boolean atStart;

    private Set<RequiredText> best = Set.of();

    Sequence(boolean atStart) {
      this.atStart = atStart;
    }

    Set<RequiredText> read() {
      while (true) {
        switch (token) {
          case LITERAL -> literal(expression.charAt(tokens.end() - 1));
          case ANY -> {
            next();
            occurs();
            endRun();
          }
          case OPEN -> group();
          case START -> {
            next();
            endRun();
            atStart = true;
            refuseQuantifier();
          }
          case END -> {
            next();
            endRun();
            refuseQuantifier();
          }
          case QUANTIFIER, UNKNOWN -> {
            unknown = true;
            return Set.of();
          }
          case CLOSE, OR, NONE -> {
            endRun();
            return best;
          }
        }
      }
    }

    private void literal(char character) {
      next();
      switch (occurs()) {
        case ONCE -> run.append(character);
        case REPEATEDLY -> {
          run.append(character);
          endRun();
        }
        case PERHAPS -> endRun();
      }
    }

    private void group() {
      boolean first = atStart && run.isEmpty();
      endRun();
      next();
      depth++;
      unknown |= depth > MAX_DEPTH;
      Set<RequiredText> inside = unknown ? Set.of() : alternatives(first);
      depth--;
      unknown |= token != Token.CLOSE;
      if (unknown) {
        token = Token.UNKNOWN;
        return;
      }
      next();
      if (occurs() != Occurs.PERHAPS) {
        prefer(inside);
      }
    }

    private void refuseQuantifier() {
      unknown |= token == Token.QUANTIFIER;
    }

    private void endRun() {
      if (!run.isEmpty()) {
        prefer(Set.of(new RequiredText(run.toString(), atStart)));
      }
      run.setLength(0);
      atStart = false;
    }

    /** Keeps what fewer numbers contain: longer texts, or the same at the beginning. */
    private void prefer(Set<RequiredText> other) {
      if (rank(other) > rank(best)) {
        best = other;
      }
    }
  }

  private static int rank(Set<RequiredText> texts) {
    return texts.stream()
        .mapToInt(it -> 2 * it.text().length() + (it.atStart() ? 1 : 0))
        .min()
        .orElse(0);
  }
}
