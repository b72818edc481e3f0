package dev.callflow.simulator.time;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that runs only while it has the baton. */
final class Task {

  private final Thread thread;
  private volatile boolean mayRun;
  private volatile boolean interrupted;

  /** What it waits for now; guarded by the time source's lock. */
  @Nullable Waiting waiting;

  /**
   * One wait of a task: over when something arrived, the time is up, or it was interrupted; its
   * inbox forgets it then.
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

  /** Waits for the baton; an interruption meanwhile counts when it has the baton. */
  void awaitBaton() {
    while (!mayRun) {
      LockSupport.park(this);
      if (thread.isInterrupted()) {
        // Parking is impossible with it, and threads that spin leave no carrier to the others.
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

  /** Whether it is interrupted, be it that it waits for the baton. */
  boolean isInterrupted() {
    return interrupted || thread.isInterrupted();
  }
}
