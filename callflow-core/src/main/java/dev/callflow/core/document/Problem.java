package dev.callflow.core.document;

import tools.jackson.core.JsonPointer;

/**
 * A problem in a document.
 *
 * @param pointer the place of the problem, as a JSON pointer from the root of the document
 * @param message what is wrong, without secrets
 * @param warning whether this is only a warning: the document is valid, but probably not what was
 *     intended
 */
public record Problem(JsonPointer pointer, String message, boolean warning) {

  /**
   * Creates a problem that makes a document invalid.
   *
   * @param pointer the place of the problem
   * @param message what is wrong, without secrets
   */
  public Problem(JsonPointer pointer, String message) {
    this(pointer, message, false);
  }

  /**
   * Creates a problem that makes a document invalid.
   *
   * @param pointer the place of the problem, as a JSON pointer such as {@code /flow/data/id}; empty
   *     for the root
   * @param message what is wrong, without secrets
   * @return the problem
   */
  public static Problem at(String pointer, String message) {
    return new Problem(JsonPointer.compile(pointer), message);
  }

  /**
   * Creates a warning.
   *
   * @param pointer the place of the problem, as a JSON pointer; empty for the root
   * @param message what is probably not intended, although it is valid; without secrets
   * @return the warning
   */
  public static Problem warning(String pointer, String message) {
    return new Problem(JsonPointer.compile(pointer), message, true);
  }

  /**
   * Turns a problem in a part of a document into a problem in the whole document.
   *
   * @param parent the place of the part in the document
   * @return the same problem, with a pointer from the root of the document
   */
  public Problem under(JsonPointer parent) {
    return new Problem(parent.append(pointer), message, warning);
  }

  @Override
  public String toString() {
    String text = warning ? "warning: " + message : message;
    return pointer.matches() ? text : pointer + ": " + text;
  }
}
