package dev.callflow.conference.event;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events that a consumer reads at its own pace. A slow consumer loses the oldest
 * undelivered events and is notified of their number; it never slows down the publisher.
 *
 * <p>Only one thread at a time may read from the stream; any thread may close it.
 */
public final class EventStream implements AutoCloseable {

  /** An item that a stream delivers. */
  public sealed interface Item {

    /**
     * An event happened.
     *
     * @param event the event
     */
    record Happened(ConferenceEvent event) implements Item {}

    /**
     * This stream lost events: the consumer was too slow, or the events were no longer remembered
     * when the stream started. Request a new view of the conference to get its current state.
     *
     * @param count the minimum number of lost events; 0 if unknown
     */
    record Missed(long count) implements Item {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ConferenceEvent> waiting = new ArrayDeque<>();
  private final long after;
  private final int capacity;
  private final TimeSource time;
  private final Inbox<Boolean> bell;
  private final Consumer<EventStream> whenClosed;
  private @Nullable Long missed;
  private boolean closed;

  EventStream(long after, int capacity, TimeSource time, Consumer<EventStream> whenClosed) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, but is " + capacity);
    }
    this.after = after;
    this.capacity = capacity;
    this.time = time;
    this.bell = time.inbox(1);
    this.whenClosed = whenClosed;
  }

  /** Adds an event, unless a view that was taken before the event was published shows it. */
  void offer(ConferenceEvent event) {
    if (event.version() <= after) {
      return;
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (waiting.size() == capacity) {
        waiting.removeFirst();
        missed = (missed == null ? 0 : missed) + 1;
      }
      waiting.addLast(event);
    } finally {
      lock.unlock();
    }
    bell.offer(true);
  }

  /** Records that the stream has lost events from before it was opened. */
  void missed() {
    lock.lock();
    try {
      missed = missed == null ? 0 : missed;
    } finally {
      lock.unlock();
    }
    bell.offer(true);
  }

  /**
   * Takes the next item, waiting for one if necessary.
   *
   * @param timeout how long to wait; if it is not positive, the method does not wait
   * @return the item; empty if none arrived in time, or if the stream is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Optional<Item> next(Duration timeout) throws InterruptedException {
    Instant deadline = time.now().plus(timeout);
    while (true) {
      Optional<Item> item = take();
      if (item.isPresent() || isClosed()) {
        return item;
      }
      Duration left = Duration.between(time.now(), deadline);
      // The thread may have been woken for an item that has already been taken.
      if (bell.poll(left) == null && !left.isPositive()) {
        return take();
      }
    }
  }

  private Optional<Item> take() {
    lock.lock();
    try {
      if (missed != null) {
        long count = missed;
        missed = null;
        return Optional.of(new Item.Missed(count));
      }
      return Optional.ofNullable(waiting.pollFirst()).map(Item.Happened::new);
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the stream and drops its buffered events; a thread that waits in {@link #next} returns.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      missed = null;
    } finally {
      lock.unlock();
    }
    whenClosed.accept(this);
    bell.offer(true);
  }
}
