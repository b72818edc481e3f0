package dev.callflow.cli.client;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes text that a terminal shows and never obeys. Names and numbers come from callers, who could
 * otherwise move the cursor, change colours, or reverse what follows.
 */
final class Printable {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final String DELETE = "\u007f";

  private Printable() {}

  /** Returns text on one line, in which each character that controls a terminal is {@code ?}. */
  static String text(String value) {
    StringBuilder safe = new StringBuilder(value.length());
    value.codePoints().map(it -> isControl(it) ? '?' : it).forEach(safe::appendCodePoint);
    return safe.toString();
  }

  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /** Returns JSON on one line, in printable ASCII. */
  static String json(JsonNode value) {
    return MAPPER.writeValueAsString(value).replace(DELETE, "\\u007f");
  }

  /** Returns the number of columns that a terminal needs for text. */
  static int width(String text) {
    return text.codePoints().map(Printable::width).sum();
  }

  private static int width(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default ->
          switch (Character.UnicodeScript.of(character)) {
            case HAN, HANGUL, HIRAGANA, KATAKANA -> 2;
            default -> 1;
          };
    };
  }
}
