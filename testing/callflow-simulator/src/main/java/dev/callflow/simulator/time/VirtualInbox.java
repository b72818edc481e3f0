package dev.callflow.simulator.time;

import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An inbox whose reader passes the baton while it waits. Guarded by the time source's lock. */
final class VirtualInbox<T> implements Inbox<T> {

  /** The time source through which readers wait. */
  interface Clock {

    /** Runs an action under the time source's lock. */
    <R extends @Nullable Object> R locked(Supplier<R> change);

    /** Wakes the reader of an inbox in which an item has arrived. */
    void arrived(VirtualInbox<?> inbox);

    /**
     * Passes the baton on and waits until the inbox has an item, the timeout passes or the thread
     * is interrupted.
     */
    void await(VirtualInbox<?> inbox, Duration timeout) throws InterruptedException;
  }

  private final Clock clock;
  private final int capacity;
  private final Queue<T> items = new ArrayDeque<>(4);
  private boolean closed;

  /** The task that waits for an item; guarded by the time source's lock. */
  @Nullable Task reader;

  VirtualInbox(Clock clock, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, but is " + capacity);
    }
    this.clock = clock;
    this.capacity = capacity;
  }

  @Override
  public boolean offer(T item) {
    return clock.locked(() -> {
      if (closed || items.size() >= capacity) {
        return false;
      }
      items.add(item);
      clock.arrived(this);
      return true;
    });
  }

  @Override
  public void close(T last) {
    clock.locked(() -> {
      if (!closed) {
        closed = true;
        items.add(last);
        clock.arrived(this);
      }
      return closed;
    });
  }

  @Override
  public @Nullable T poll(Duration timeout) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    T item = clock.locked(items::poll);
    if (item != null || !timeout.isPositive()) {
      return item;
    }
    clock.await(this, timeout);
    return clock.locked(items::poll);
  }
}
