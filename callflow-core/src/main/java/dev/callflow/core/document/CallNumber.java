package dev.callflow.core.document;

import java.util.regex.Pattern;

/** Normalises telephone numbers before they are compared. */
public final class CallNumber {

  /** The maximum length of a number that is looked up. */
  static final int MAX_LENGTH = 64;

  private static final Pattern PUNCTUATION = Pattern.compile("[\\s().-]");

  private CallNumber() {}

  /**
   * Removes spaces, brackets, dots and hyphens. Keeps extensions, star codes and a leading plus as
   * dialled; does not add a country code, which only the carrier knows.
   *
   * @param number the number as written or dialled
   * @return the number in the form used for comparison
   */
  public static String normalise(String number) {
    return PUNCTUATION.matcher(number).replaceAll("");
  }
}
