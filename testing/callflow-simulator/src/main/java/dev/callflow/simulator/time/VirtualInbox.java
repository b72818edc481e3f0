package dev.callflow.simulator.time;

import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An inbox whose reader hands the baton on while it waits; guarded by the time source's lock. */
final class VirtualInbox<T> implements Inbox<T> {

  /** The time in which its reader waits. */
  interface Clock {

    /** Does something under the time source's lock. */
    <R extends @Nullable Object> R locked(Supplier<R> change);

    /** Something has arrived in an inbox; its reader goes on. */
    void arrived(VirtualInbox<?> inbox);

    /** Hands the baton on until something is in the inbox, the time is up, or interruption. */
    void await(VirtualInbox<?> inbox, Duration longest) throws InterruptedException;
  }

  private final Clock clock;
  private final int capacity;
  private final Queue<T> items = new ArrayDeque<>(4);
  private boolean closed;

  /** The task that waits for an item; guarded by the time source's lock. */
  @Nullable Task reader;

  VirtualInbox(Clock clock, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
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
  public @Nullable T poll(Duration longest) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    T item = clock.locked(items::poll);
    if (item != null || !longest.isPositive()) {
      return item;
    }
    clock.await(this, longest);
    return clock.locked(items::poll);
  }
}
