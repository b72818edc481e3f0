package dev.callflow.core.call;

/**
 * What a caller has entered. Its text is hidden from logs, since it may be a PIN.
 *
 * @param value the keys, without the {@code #} that ended the entry
 */
public record Digits(String value) {

  /**
   * Tells whether nothing was entered.
   *
   * @return true if there is no digit in it: {@code *} alone is no entry
   */
  public boolean isEmpty() {
    return value.chars().noneMatch(Character::isDigit);
  }

  @Override
  public String toString() {
    return "Digits[" + value.length() + " keys]";
  }
}
