package dev.callflow.conference.bed;

import org.jspecify.annotations.Nullable;

/**
 * A task that runs on its own thread, and its result.
 *
 * @param <T> the type of the result
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

  void failed(RuntimeException e) {
    done = true;
    failure = e;
  }

  /** Returns whether the task has returned or failed. */
  public boolean isDone() {
    return done;
  }

  /** Returns the result of the task, or throws the exception that the task threw. */
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
