package dev.callflow.core.time;

/** A task that runs later, unless it is cancelled before. */
public interface Timer {

  /** Cancels the task; does nothing if it has run, runs now, or is cancelled already. */
  void cancel();
}
