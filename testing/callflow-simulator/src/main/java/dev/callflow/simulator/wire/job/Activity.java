package dev.callflow.simulator.wire.job;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what clients have sent and what is being carried out, and waits until that is done. */
public final class Activity {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long received;
  private int running;

  /** Somebody begins to work, or stops. */
  public void busy(boolean on) {
    change(0, on ? 1 : -1);
  }

  /** A connection's thread works from when bytes have come until it waits for more. */
  public void received(int bytes) {
    change(bytes, 1);
  }

  private void change(int bytes, int workers) {
    lock.lock();
    try {
      received += bytes;
      running += workers;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public boolean awaitQuiet(long sent, Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while ((received < sent || running > 0) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return received >= sent && running == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
