package dev.callflow.core.limit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the numbers that a gateway could read in a text. A text can contain several: a gateway may
 * strip a star code, or dial what follows {@code ;ext=}. So none of them may be forbidden.
 *
 * @param digits the digits, with a leading {@code +} if it is written
 * @param whole whether the number begins at the beginning of the text
 */
record DialledNumber(String digits, boolean whole) {

  /** A number that is only a part of the text and has fewer digits is no telephone number. */
  private static final int MIN_PART = 7;

  /** The maximum length of a star code that a switch may remove from the front of a number. */
  private static final int MAX_CODE = 4;

  private static final String KEYPAD = "22233344455566677778889999";

  static List<DialledNumber> in(String text) {
    String plain = plain(text);
    Set<DialledNumber> all = new LinkedHashSet<>();
    // Letters are either keys of a telephone (1900-FLOWERS), or they separate two numbers.
    all.addAll(read(plain, true));
    all.addAll(read(plain, false));
    return List.copyOf(all);
  }

  /** Undoes escapes and Unicode's other spellings of characters, and removes the URI scheme. */
  private static String plain(String text) {
    String plain = text;
    for (int i = 0; i < 3 && plain.matches("(?s).*%[0-9A-Fa-f]{2}.*"); i++) {
      plain = decoded(plain);
    }
    return Normalizer.normalize(plain, Normalizer.Form.NFKC)
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^(tel|sips?|callto):(//)?", "");
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text.replaceAll("%(?![0-9A-Fa-f]{2})", "");
    }
  }

  private static List<DialledNumber> read(String text, boolean keypad) {
    List<DialledNumber> all = new ArrayList<>();
    StringBuilder number = new StringBuilder();
    boolean whole = true;
    boolean afterCode = false;
    for (int at = 0; at < text.length(); ) {
      int sign = text.codePointAt(at);
      at += Character.charCount(sign);
      int digit = Character.digit(sign, 10);
      if (digit >= 0) {
        number.append(digit);
      } else if (keypad && whole && sign >= 'a' && sign <= 'z' && !number.isEmpty()) {
        number.append(KEYPAD.charAt(sign - 'a'));
      } else if (sign == '+' && (number.isEmpty() || number.toString().equals("+"))) {
        number.setLength(0);
        number.append('+');
      } else if (!isSeparator(sign)) {
        add(all, number, whole, afterCode);
        whole = false;
        afterCode = sign == '*' || sign == '#';
        if (sign == '+') {
          number.append('+');
        }
      }
    }
    add(all, number, whole, afterCode);
    return all;
  }

  private static void add(
      List<DialledNumber> all, StringBuilder number, boolean whole, boolean afterCode) {
    String digits = number.toString();
    number.setLength(0);
    if (whole && !digits.isEmpty() || digits.length() >= MIN_PART) {
      all.add(new DialledNumber(digits, whole));
    }
    for (int code = 1;
        afterCode && code <= MAX_CODE && digits.length() - code >= MIN_PART;
        code++) {
      all.add(new DialledNumber(digits.substring(code), false));
    }
  }

  private static boolean isSeparator(int sign) {
    return switch (Character.getType(sign)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.NON_SPACING_MARK,
          Character.DASH_PUNCTUATION,
          Character.CONNECTOR_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION ->
          true;
      default -> sign == '.' || sign == '/' || sign == '\\' || sign == '\'' || sign == '"';
    };
  }

  /**
   * Returns what the number means if its prefix is an international one, in the form {@code +} and
   * country code; empty if it has no such prefix. {@code 0011…} has two meanings.
   */
  List<String> international() {
    Set<String> all = new LinkedHashSet<>();
    String rest = digits.startsWith("+") ? digits.substring(1) : digits;
    if (digits.startsWith("+")) {
      all.add(number(rest));
    }
    for (String prefix : List.of("0011", "011", "00")) {
      if (rest.startsWith(prefix)) {
        all.add(number(rest.substring(prefix.length())));
      }
    }
    return List.copyOf(all);
  }

  /** No country code begins with 0, so a gateway may ignore zeros in front of it. */
  private static String number(String rest) {
    return "+" + rest.replaceFirst("^0+", "");
  }
}
