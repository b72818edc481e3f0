package dev.callflow.core.time;

/** A task that runs after a delay unless it is cancelled. */
public interface Timer {

  /** Cancels the task; does nothing if the task has started or has already been cancelled. */
  void cancel();
}
