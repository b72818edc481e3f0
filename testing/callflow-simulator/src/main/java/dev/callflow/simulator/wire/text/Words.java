package dev.callflow.simulator.wire.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits strings into words, as FreeSWITCH does with nearly all arguments.
 *
 * <p>Separators in {@code '…'} or after {@code \} do not split the string. Quotes and escapes are
 * removed from the words, so code that parses a word again cannot tell what was quoted.
 */
public final class Words {

  private Words() {}

  /**
   * Splits a string into words.
   *
   * @param text the string to split; if it starts with {@code ^^}, the next character replaces the
   *     separator
   * @param separator the separator; several spaces in a row count as one separator
   * @param limit the maximum number of words; the last one contains the rest of the string
   * @return the words; none for an empty string, and none after a trailing separator
   */
  public static List<String> of(String text, char separator, int limit) {
    char between = separator;
    String rest = text;
    if (text.length() > 3 && text.startsWith("^^")) {
      between = text.charAt(2);
      rest = text.substring(3);
    }
    return between == ' ' ? atBlanks(rest, limit) : at(between, rest, limit);
  }

  /**
   * Splits a string at a separator, regardless of quotes and escapes.
   *
   * @param text the string
   * @param separator the separator
   * @param limit the maximum number of parts; the last one contains the rest of the string
   * @return the unchanged parts, at least one
   */
  public static List<String> parts(String text, String separator, int limit) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    int at = rest.indexOf(separator);
    while (at >= 0 && parts.size() < limit - 1) {
      parts.add(rest.substring(0, at));
      rest = rest.substring(at + separator.length());
      at = rest.indexOf(separator);
    }
    parts.add(rest);
    return parts;
  }

  /**
   * Splits a string into words and returns only the last word, with its quotes and escapes.
   *
   * @param text the string
   * @param separator the separator; not a space
   * @param limit the maximum number of words; the last one contains the rest of the string
   * @return the last word, unchanged
   */
  public static String tail(String text, char separator, int limit) {
    int start = 0;
    boolean quoted = false;
    int words = 1;
    for (int i = 0; i < text.length() && words < limit; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'' && (quoted || text.indexOf('\'', i + 1) >= 0)) {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        start = i + 1;
        words++;
      }
    }
    return text.substring(start);
  }

  private static List<String> at(char separator, String text, int limit) {
    List<String> words = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length() && words.size() < limit - 1; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'' && (quoted || text.indexOf('\'', i + 1) >= 0)) {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        words.add(clean(text.substring(start, i), separator));
        start = i + 1;
      }
    }
    if (start < text.length()) {
      words.add(clean(text.substring(start), separator));
    }
    return words;
  }

  /**
   * Splits at spaces. Unlike with other separators, an unclosed quote keeps the rest of the string
   * from being split.
   */
  private static List<String> atBlanks(String text, int limit) {
    List<String> words = new ArrayList<>();
    int start = 0;
    int i = skipBlanks(text, 0);
    boolean quoted = false;
    while (i < text.length() && words.size() < limit - 1) {
      char c = text.charAt(i);
      if (c == '\\') {
        i += 2;
      } else if (c == ' ' && !quoted) {
        words.add(clean(text.substring(start, i), '\0'));
        start = skipBlanks(text, i);
        i = start;
      } else {
        quoted ^= c == '\'';
        i++;
      }
    }
    if (start < text.length()) {
      words.add(clean(text.substring(start), '\0'));
    }
    return words;
  }

  /** Removes leading spaces. */
  static String withoutBlanks(String text) {
    return text.substring(skipBlanks(text, 0));
  }

  private static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  /** Removes paired quotes and unquoted leading and trailing spaces, and resolves escapes. */
  private static String clean(String word, char separator) {
    StringBuilder text = new StringBuilder();
    int end = 0;
    boolean quoted = false;
    for (int i = skipBlanks(word, 0); i < word.length(); i++) {
      char c = word.charAt(i);
      int escaped =
          c == '\\' && i + 1 < word.length() ? unescaped(word.charAt(i + 1), separator) : -1;
      if (escaped >= 0) {
        text.append((char) escaped);
        end = text.length();
        i++;
      } else if (c == '\'' && (quoted || word.indexOf('\'', i + 1) >= 0)) {
        quoted = !quoted;
        end = quoted ? text.length() : end;
      } else {
        text.append(c);
        end = c != ' ' || quoted ? text.length() : end;
      }
    }
    return text.substring(0, end);
  }

  /** Returns what an escaped character stands for; negative if the character has no escape. */
  private static int unescaped(char escaped, char separator) {
    return switch (escaped) {
      case '\'', '"', '\\' -> escaped;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 's' -> ' ';
      default -> escaped == separator && separator != '\0' ? escaped : -1;
    };
  }
}
