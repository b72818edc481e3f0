package dev.callflow.testkit.wire;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is being carried out, and waits until it is nothing. */
final class Activity {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();
  private int running;

  void busy(boolean on) {
    lock.lock();
    try {
      running += on ? 1 : -1;
      if (running == 0) {
        quiet.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean awaitQuiet(Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (running > 0 && left > 0) {
        left = quiet.awaitNanos(left);
      }
      return running == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
