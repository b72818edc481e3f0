package dev.callflow.core;

import dev.callflow.core.document.Problem;
import java.util.List;

/**
 * The data of a node as its {@link TypedModule} understands it.
 *
 * @param <D> the module's type for its data
 */
public sealed interface ParsedData<D> {

  /**
   * Data that the module can use.
   *
   * @param <D> the module's type for its data
   * @param value the data; immutable, because all calls share it
   */
  record Valid<D>(D value) implements ParsedData<D> {}

  /**
   * Data that the module cannot use.
   *
   * @param <D> the module's type for its data
   * @param problems the problems, with pointers relative to the data; at least one
   */
  record Invalid<D>(List<Problem> problems) implements ParsedData<D> {

    /** Copies the problems. */
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("invalid data must have at least one problem");
      }
    }
  }

  /**
   * Accepts the data.
   *
   * @param <D> the module's type for its data
   * @param value the data; immutable, because all calls share it
   * @return the valid data
   */
  static <D> ParsedData<D> valid(D value) {
    return new Valid<>(value);
  }

  /**
   * Refuses the data because of one problem.
   *
   * @param <D> the module's type for its data
   * @param pointer the place of the problem, as a JSON pointer from the data, such as {@code
   *     /closes}; empty for the data itself
   * @param message what is wrong and what is expected, without secrets
   * @return the invalid data
   */
  static <D> ParsedData<D> invalid(String pointer, String message) {
    return new Invalid<>(List.of(Problem.at(pointer, message)));
  }
}
