package dev.callflow.simulator.wire.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text at a separator, as FreeSWITCH splits nearly all of its arguments.
 *
 * <p>{@code '…'} keeps a separator from separating, and so does {@code \} before it. The words come
 * without their quotes and escapes: what reads a word once more does not know what was quoted.
 */
public final class Words {

  private Words() {}

  /**
   * Splits a text.
   *
   * @param text the text; if it begins with {@code ^^} and a character, that character separates
   *     what is behind it
   * @param separator what separates unless the text says otherwise; several blanks are like one
   * @param limit the greatest number of words; the last one holds all that is left
   * @return the words; none of an empty text, and no last word behind a separator at the end
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
   * Splits a text at a string, which neither quotes nor escapes protect.
   *
   * @param text the text
   * @param separator what separates
   * @param limit the greatest number of parts; the last one holds all that is left
   * @return the parts as they stand, at least one
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
   * Returns what the last of so many words is, with its quotes and escapes.
   *
   * @param text the text
   * @param separator what separates; not a blank
   * @param limit the number of words
   * @return all that stands behind the last separator; the whole text if there are fewer words
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

  /** Unlike with other separators, a quote that is not closed protects all that follows. */
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

  /** The text without blanks at its beginning. */
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

  /** Takes away quotes in pairs, escapes, and blanks around that are not quoted. */
  private static String clean(String word, char separator) {
    StringBuilder text = new StringBuilder();
    int end = 0;
    boolean quoted = false;
    for (int i = skipBlanks(word, 0); i < word.length(); i++) {
      char c = word.charAt(i);
      int escaped = c == '\\' && i + 1 < word.length() ? meant(word.charAt(i + 1), separator) : -1;
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

  /** What an escaped character stands for; negative if it stays escaped. */
  private static int meant(char escaped, char separator) {
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
