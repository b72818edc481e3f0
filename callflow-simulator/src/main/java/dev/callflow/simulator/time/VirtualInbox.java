package dev.callflow.simulator.time;

import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** An inbox whose reader hands the baton on while it waits; guarded by the time source's lock. */
final class VirtualInbox<T> implements Inbox<T> {

  private final VirtualTime time;
  private final int capacity;
  private final Queue<T> items = new ArrayDeque<>(4);
  private boolean closed;

  /** Who waits for an item; guarded by the time source's lock. */
  @Nullable Task reader;

  VirtualInbox(VirtualTime time, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
    }
    this.time = time;
    this.capacity = capacity;
  }

  @Override
  public boolean offer(T item) {
    return time.locked(() -> {
      if (closed || items.size() >= capacity) {
        return false;
      }
      items.add(item);
      time.arrived(this);
      return true;
    });
  }

  @Override
  public void close(T last) {
    time.locked(() -> {
      if (!closed) {
        closed = true;
        items.add(last);
        time.arrived(this);
      }
      return closed;
    });
  }

  @Override
  public @Nullable T poll(Duration longest) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    T item = time.locked(items::poll);
    if (item != null || !longest.isPositive()) {
      return item;
    }
    time.await(this, longest);
    return time.locked(items::poll);
  }
}
