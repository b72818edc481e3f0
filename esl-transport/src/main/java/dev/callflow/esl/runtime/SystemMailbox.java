package dev.callflow.esl.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox that grows on demand, so that thousands of idle calls do not each hold a full-size
 * array.
 */
final class SystemMailbox<T> implements EslMailbox<T> {

  private final int capacity;
  private final Queue<T> items = new ArrayDeque<>(4);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  SystemMailbox(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("the capacity must be at least 1, but is " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public boolean offer(T item) {
    lock.lock();
    try {
      if (items.size() >= capacity) {
        return false;
      }
      items.add(item);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable T poll(Duration timeout) throws InterruptedException {
    long left = nanos(timeout);
    lock.lockInterruptibly();
    try {
      while (items.isEmpty() && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return items.poll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void drainTo(Collection<? super T> into, int max) {
    lock.lock();
    try {
      T item = max > 0 ? items.poll() : null;
      for (int taken = 1; item != null; taken++) {
        into.add(item);
        item = taken < max ? items.poll() : null;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns a duration in nanoseconds, limited to {@link Long#MAX_VALUE}. */
  static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }
}
