package dev.callflow.conference.visit;

import java.util.function.Function;

/**
 * The result of an admission step: a value or a refusal.
 *
 * @param <T> the type of the value
 */
public sealed interface Result<T> {

  /** The caller may continue. */
  record Passed<T>(T value) implements Result<T> {}

  /** The caller is refused. */
  record Refused<T>(Refusal refusal) implements Result<T> {}

  static <T> Result<T> passed(T value) {
    return new Passed<>(value);
  }

  static <T> Result<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  /** Runs the next step unless this one has refused the caller. */
  default <U> Result<U> then(Function<? super T, Result<U>> next) {
    return switch (this) {
      case Passed<T>(T value) -> next.apply(value);
      case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
    };
  }
}
