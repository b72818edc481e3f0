package dev.callflow.simulator.wire.job;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tracks received bytes and running work, and can wait until all work is done. Thread-safe. */
public final class Activity {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long received;
  private int running;

  /** Records that a worker starts or stops working. */
  public void busy(boolean on) {
    change(0, on ? 1 : -1);
  }

  /**
   * Records received bytes; the receiving thread counts as working until it waits for more bytes.
   */
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

  public boolean awaitQuiet(long sent, Duration timeout) {
    lock.lock();
    try {
      long left = timeout.toNanos();
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
