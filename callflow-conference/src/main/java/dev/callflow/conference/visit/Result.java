package dev.callflow.conference.visit;

import java.util.function.Function;

/**
 * What a step of the admission returns: what it found out, or a refusal.
 *
 * @param <T> what the step finds out
 */
public sealed interface Result<T> {

  /** The caller may go on. */
  record Passed<T>(T value) implements Result<T> {}

  /** The caller does not get in. */
  record Refused<T>(Refusal refusal) implements Result<T> {}

  static <T> Result<T> passed(T value) {
    return new Passed<>(value);
  }

  static <T> Result<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  /** Takes the next step, unless this one has refused. */
  default <U> Result<U> then(Function<? super T, Result<U>> next) {
    return switch (this) {
      case Passed<T>(T value) -> next.apply(value);
      case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
    };
  }
}
