package dev.callflow.core.call;

/**
 * The digits that a caller entered. {@link #toString} hides them, because they may be a PIN.
 *
 * @param value the keys, without the {@code #} that ended the entry
 */
public record Digits(String value) {

  /**
   * Returns whether nothing was entered.
   *
   * @return true if there are no digits; {@code *} alone does not count as an entry
   */
  public boolean isEmpty() {
    return value.chars().noneMatch(Character::isDigit);
  }

  @Override
  public String toString() {
    return "Digits[" + value.length() + " keys]";
  }
}
