package dev.callflow.conference.bed;

import org.jspecify.annotations.Nullable;

/**
 * Something that runs on a thread of its own, and what it has returned.
 *
 * @param <T> what it returns
 */
public final class Running<T> {

  private final String name;
  private boolean done;
  private @Nullable T value;
  private @Nullable RuntimeException failure;

  Running(String name) {
    this.name = name;
  }

  void returned(T result) {
    done = true;
    value = result;
  }

  void failed(RuntimeException with) {
    done = true;
    failure = with;
  }

  /** Whether it has returned or failed. */
  public boolean isDone() {
    return done;
  }

  /** What it has returned; throws what it has thrown. */
  public T result() {
    if (failure != null) {
      throw failure;
    }
    if (value == null) {
      throw new AssertionError(name + " has not returned");
    }
    return value;
  }
}
