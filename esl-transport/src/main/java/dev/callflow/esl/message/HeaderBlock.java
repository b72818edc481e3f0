package dev.callflow.esl.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The headers of an event, in one of the forms in which they are kept. */
sealed interface HeaderBlock permits EslHeaders, NamedValues {

  /** Returns the first value of a header, whose name is case-insensitive. */
  Optional<String> first(String header);

  /** Returns all values of a header, in order. */
  List<String> all(String header);

  /** Returns whether the first value of a header equals the given one, which is ASCII only. */
  boolean is(String header, String value);

  /**
   * Returns the first value of each name that starts with the prefix, ignoring case. The keys are
   * the names without the prefix.
   */
  Map<String, String> asMap(String prefix);
}
