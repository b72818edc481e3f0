package dev.callflow.core.document;

import tools.jackson.core.JsonPointer;

/**
 * Something wrong with a document.
 *
 * @param pointer where, from the root of the document
 * @param message what is wrong, in a sentence without secrets
 * @param warning whether it is legal, and only surely unwanted
 */
public record Problem(JsonPointer pointer, String message, boolean warning) {

  /**
   * Makes a problem of something that is not legal.
   *
   * @param pointer where
   * @param message what is wrong
   */
  public Problem(JsonPointer pointer, String message) {
    this(pointer, message, false);
  }

  /**
   * Makes a problem.
   *
   * @param pointer where, as a JSON pointer such as {@code /flow/data/id}; empty for the root
   * @param message what is wrong
   * @return the problem
   */
  public static Problem at(String pointer, String message) {
    return new Problem(JsonPointer.compile(pointer), message);
  }

  /**
   * Makes a warning.
   *
   * @param pointer where, as a JSON pointer; empty for the root
   * @param message what is legal and surely unwanted
   * @return the warning
   */
  public static Problem warning(String pointer, String message) {
    return new Problem(JsonPointer.compile(pointer), message, true);
  }

  /**
   * Moves the problem of a part into its whole.
   *
   * @param parent where the part lies
   * @return the same problem, seen from the whole
   */
  public Problem under(JsonPointer parent) {
    return new Problem(parent.append(pointer), message, warning);
  }

  @Override
  public String toString() {
    return pointer + (warning ? ": warning: " : ": ") + message;
  }
}
