package dev.callflow.core.limit;

import java.util.Locale;

/** The answer to a request for something that is limited. */
public sealed interface Grant {

  /**
   * The request is granted.
   *
   * @param lease must be closed when the thing is no longer used
   */
  record Granted(Lease lease) implements Grant {}

  /**
   * The request is refused because the account already uses the maximum.
   *
   * @param limit the limit
   * @param max the maximum
   */
  record Reached(Limit limit, int max) implements Grant {

    /**
     * Returns a description for operators.
     *
     * @return a description with the name and the value of the limit
     */
    public String message() {
      return String.format(
          Locale.ROOT,
          "the account has reached its limit of %d %s (%s)",
          max,
          limit.words(),
          limit.key());
    }
  }
}
