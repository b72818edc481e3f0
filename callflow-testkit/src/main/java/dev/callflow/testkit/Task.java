package dev.callflow.testkit;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that runs only while it has the baton. */
final class Task {

  private final Thread thread;
  private volatile boolean mayRun;

  /** What it waits for now; guarded by the time source's lock. */
  @Nullable Waiting waiting;

  /** One wait of a task: over when something arrived, the time is up, or it was interrupted. */
  record Waiting(VirtualInbox<?> inbox) {}

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

  /**
   * Waits for the baton without clearing an interruption, by which the time source sees that this
   * task was interrupted; until it is its turn it spins then.
   */
  void awaitBaton() {
    while (!mayRun) {
      if (thread.isInterrupted()) {
        Thread.yield();
      } else {
        LockSupport.park(this);
      }
    }
    mayRun = false;
  }
}
