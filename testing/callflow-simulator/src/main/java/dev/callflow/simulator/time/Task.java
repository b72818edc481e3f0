package dev.callflow.simulator.time;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that runs only while it holds the baton. */
final class Task {

  private final Thread thread;
  private volatile boolean mayRun;
  private volatile boolean interrupted;

  /** The current wait, or null; guarded by the time source's lock. */
  @Nullable Waiting waiting;

  /**
   * One wait of a task. It ends when an item arrives, the timeout passes or the task is
   * interrupted; {@code forget} then detaches the task from its inbox.
   */
  record Waiting(Runnable forget) {}

  Task(String name, Runnable body) {
    this.thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(() -> {
              awaitBaton();
              body.run();
            });
  }

  Thread thread() {
    return thread;
  }

  void giveBaton() {
    mayRun = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the baton. An interrupt during the wait takes effect once the task has the baton. */
  void awaitBaton() {
    while (!mayRun) {
      LockSupport.park(this);
      if (thread.isInterrupted()) {
        // While the interrupt flag is set, park() returns at once, and this virtual thread would
        // spin and occupy its carrier thread: clear the flag and remember the interrupt.
        interrupted = true;
        Thread.interrupted();
      }
    }
    mayRun = false;
    if (interrupted) {
      interrupted = false;
      thread.interrupt();
    }
  }

  /** Returns whether the task is interrupted, even while it waits for the baton. */
  boolean isInterrupted() {
    return interrupted || thread.isInterrupted();
  }
}
