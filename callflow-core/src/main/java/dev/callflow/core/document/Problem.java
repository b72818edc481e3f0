package dev.callflow.core.document;

import tools.jackson.core.JsonPointer;

/**
 * Something wrong with a document.
 *
 * @param pointer where, from the root of the document
 * @param message what is wrong, in a sentence without secrets
 */
public record Problem(JsonPointer pointer, String message) {

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
   * Moves the problem of a part into its whole.
   *
   * @param parent where the part lies
   * @return the same problem, seen from the whole
   */
  public Problem under(JsonPointer parent) {
    return new Problem(parent.append(pointer), message);
  }

  @Override
  public String toString() {
    return pointer + ": " + message;
  }
}
