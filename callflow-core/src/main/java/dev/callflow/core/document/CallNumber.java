package dev.callflow.core.document;

/** Normalises telephone numbers before they are compared. */
public final class CallNumber {

  /** No number that anybody dials is longer; longer ones are not looked up. */
  static final int LONGEST = 64;

  private CallNumber() {}

  /**
   * Removes blanks, brackets, points and hyphens. Extensions, star codes and a leading plus stay as
   * dialled: only the carrier knows the country of a number without one.
   *
   * @param number as written or dialled
   * @return the number as it is compared
   */
  public static String normalise(String number) {
    return number.replaceAll("[\\s().-]", "");
  }
}
