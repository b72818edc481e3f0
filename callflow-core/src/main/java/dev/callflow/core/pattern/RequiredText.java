package dev.callflow.core.pattern;

/**
 * A text that a number must contain so that a pattern can match it.
 *
 * @param text the text, not empty
 * @param atStart whether the number must begin with it
 */
record RequiredText(String text, boolean atStart) {

  /** Returns whether a number contains the text, where it must. */
  boolean isIn(String number) {
    return atStart ? number.startsWith(text) : number.contains(text);
  }
}
