package dev.callflow.core.time;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An inbox whose reader waits in real time. */
final class SystemInbox<T> implements Inbox<T> {

  private final int capacity;
  private final Queue<T> items = new ArrayDeque<>(4);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private boolean closed;

  SystemInbox(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, but is " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public boolean offer(T item) {
    lock.lock();
    try {
      if (closed || items.size() >= capacity) {
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
  public void close(T last) {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        items.add(last);
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable T poll(Duration timeout) throws InterruptedException {
    long remaining = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (items.isEmpty() && remaining > 0) {
        remaining = arrived.awaitNanos(remaining);
      }
      return items.poll();
    } finally {
      lock.unlock();
    }
  }
}
