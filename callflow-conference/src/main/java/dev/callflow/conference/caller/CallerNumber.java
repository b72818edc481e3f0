package dev.callflow.conference.caller;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Normalizes caller numbers so that the PIN throttle, bans and the policy for duplicate callers can
 * compare them. Numbers that are displayed are not normalized.
 */
public final class CallerNumber {

  /** The values that switches and telephones send in place of a withheld number. */
  private static final Set<String> WITHHELD =
      Set.of(
          "anonymous",
          "blocked",
          "private",
          "restricted",
          "unavailable",
          "unknown",
          "withheld",
          "_undef_");

  private static final int MAX_READ = 256;
  private static final int MAX_KEPT = 64;

  private static final Pattern SCHEME = Pattern.compile("^(sips?|tel):");
  private static final Pattern PASSWORD_AND_HOST = Pattern.compile("[:;?@].*$");
  private static final Pattern ESCAPED = Pattern.compile("%([2-7][0-9a-f])");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}.()/\\[\\]]");
  private static final Pattern NUMBER = Pattern.compile("\\+*[0-9*#]*");
  private static final Pattern INTERNATIONAL = Pattern.compile("^(\\+|00)+");

  private CallerNumber() {}

  /**
   * Returns the normalized form of a number: without separators and without a leading {@code +} or
   * {@code 00}. A SIP or tel URI is reduced to its user part.
   *
   * @param number the number as it arrived with the call
   * @return the digits, or a name in lower case if it is not a number; empty if the number is
   *     withheld
   */
  public static String spelling(String number) {
    String text = number.length() > MAX_READ ? number.substring(0, MAX_READ) : number;
    text = Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    int uri = text.indexOf('<');
    if (uri >= 0) {
      int end = text.indexOf('>', uri);
      text = text.substring(uri + 1, end < 0 ? text.length() : end).strip();
    }
    text = SCHEME.matcher(text).replaceFirst("");
    text = PASSWORD_AND_HOST.matcher(text).replaceFirst("");
    text =
        ESCAPED
            .matcher(text)
            .replaceAll(hex ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
    text = text.strip();
    if (WITHHELD.contains(text)) {
      return "";
    }
    String digits = SEPARATORS.matcher(withAsciiDigits(text.replace("(0)", ""))).replaceAll("");
    String spelling =
        NUMBER.matcher(digits).matches()
            ? INTERNATIONAL.matcher(digits).replaceFirst("")
            : SEPARATORS.matcher(text).replaceAll("");
    return spelling.length() > MAX_KEPT ? spelling.substring(0, MAX_KEPT) : spelling;
  }

  private static String withAsciiDigits(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (Character.isDigit(point)) {
            ascii.append(Character.digit(point, 10));
          } else {
            ascii.appendCodePoint(point);
          }
        });
    return ascii.toString();
  }
}
