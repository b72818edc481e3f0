package dev.callflow.core.document;

/** What is done to a number before it is compared. */
final class CallNumber {

  /** No number that anybody dials is longer; longer ones are not looked up. */
  static final int LONGEST = 64;

  private CallNumber() {}

  /**
   * Removes what people write into numbers to read them better. Extensions, star codes and a
   * leading plus stay as dialled: which country a number without one belongs to is the carrier's
   * business, not ours.
   */
  static String normalise(String number) {
    return number.replaceAll("[\\s().-]", "");
  }
}
