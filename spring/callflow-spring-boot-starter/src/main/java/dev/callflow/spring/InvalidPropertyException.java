package dev.callflow.spring;

import java.util.function.Supplier;

/** A property of Callflow is missing or invalid. The message contains no secret. */
public final class InvalidPropertyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String property;

  /**
   * Creates the exception.
   *
   * @param property the full name of the property
   * @param reason what is wrong and what is expected, without secrets
   */
  public InvalidPropertyException(String property, String reason) {
    super(property + ": " + reason);
    this.property = property;
  }

  /**
   * Returns the property.
   *
   * @return the full name of the property
   */
  public String property() {
    return property;
  }

  /**
   * Uses the value of a property.
   *
   * @param property the full name of the property
   * @param use uses the value; its exceptions name what is wrong with it
   * @return the result of the use
   * @param <T> the type of the result
   * @throws InvalidPropertyException if the use throws {@link IllegalArgumentException}
   */
  public static <T> T checked(String property, Supplier<T> use) {
    try {
      return use.get();
    } catch (IllegalArgumentException e) {
      InvalidPropertyException invalid =
          new InvalidPropertyException(property, String.valueOf(e.getMessage()));
      invalid.initCause(e);
      throw invalid;
    }
  }
}
