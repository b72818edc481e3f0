package dev.callflow.core.time;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An inbox whose reader waits in real time. Every call has one, so it is small: a lock with a
 * condition would be larger, and take more of the stack of the waiting thread.
 */
final class SystemInbox<T> implements Inbox<T> {

  private final int capacity;
  private final Queue<T> items = new ArrayDeque<>(4);
  private @Nullable Thread reader;
  private boolean closed;

  SystemInbox(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, but is " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public boolean offer(T item) {
    return add(item, false);
  }

  @Override
  public void close(T last) {
    add(last, true);
  }

  private boolean add(T item, boolean last) {
    Thread waiting;
    synchronized (this) {
      if (closed || !last && items.size() >= capacity) {
        return false;
      }
      closed = last;
      items.add(item);
      waiting = reader;
    }
    LockSupport.unpark(waiting);
    return true;
  }

  @Override
  public @Nullable T poll(Duration timeout) throws InterruptedException {
    long start = System.nanoTime();
    long nanos = timeout.toNanos();
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long remaining = nanos - (System.nanoTime() - start);
      T item = take(remaining > 0);
      if (item != null || remaining <= 0) {
        return item;
      }
      LockSupport.parkNanos(this, remaining);
    }
  }

  /** Takes an item; if there is none, registers the thread that is going to wait for one. */
  private synchronized @Nullable T take(boolean waits) {
    T item = items.poll();
    reader = item == null && waits ? Thread.currentThread() : null;
    return item;
  }
}
