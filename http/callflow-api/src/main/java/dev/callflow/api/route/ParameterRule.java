package dev.callflow.api.route;

import java.util.function.Predicate;

/**
 * What values a query parameter may have.
 *
 * @param expected the values in words, which follow "must be"
 * @param valid whether a value is one of them
 */
public record ParameterRule(String expected, Predicate<String> valid) {

  /** Any text. */
  public static final ParameterRule TEXT = new ParameterRule("text", value -> true);

  /** A text with at least one character. */
  public static final ParameterRule NOT_EMPTY =
      new ParameterRule("a text that is not empty", value -> !value.isEmpty());

  /** {@code true} or {@code false}. */
  public static final ParameterRule FLAG =
      new ParameterRule("true or false", value -> value.equals("true") || value.equals("false"));

  /** A number of rows. */
  public static final ParameterRule COUNT =
      new ParameterRule(
          "a whole number from 1 to 999999", value -> value.matches("0{0,5}[1-9][0-9]{0,5}"));

  /** A time in Kazoo's format. */
  public static final ParameterRule SECONDS =
      new ParameterRule(
          "a time as a whole number of seconds since the year 0",
          value -> value.matches("[0-9]{1,15}"));
}
