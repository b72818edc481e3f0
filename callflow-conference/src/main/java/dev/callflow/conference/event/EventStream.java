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
 * Events for a consumer that takes them at its own pace. One that is too slow loses the oldest ones
 * and learns how many; nothing waits for it.
 *
 * <p>One thread at a time may take; any thread may close.
 */
public final class EventStream implements AutoCloseable {

  /** What a stream delivers. */
  public sealed interface Item {

    /**
     * Something happened.
     *
     * @param event what
     */
    record Happened(ConferenceEvent event) implements Item {}

    /**
     * Events are lost to this stream: they were taken too late, or had been forgotten when it
     * began. A new view tells how the conference is now.
     *
     * @param count how many at least; 0 if that is not known
     */
    record Missed(long count) implements Item {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ConferenceEvent> waiting = new ArrayDeque<>();
  private final int capacity;
  private final TimeSource time;
  private final Inbox<Boolean> bell;
  private final Consumer<EventStream> whenClosed;
  private @Nullable Long missed;
  private boolean closed;

  EventStream(int capacity, TimeSource time, Consumer<EventStream> whenClosed) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
    }
    this.capacity = capacity;
    this.time = time;
    this.bell = time.inbox(1);
    this.whenClosed = whenClosed;
  }

  void offer(ConferenceEvent event) {
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

  /** Reports that the beginning is not there any more. */
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
   * Takes the next event, waiting for one if there is none.
   *
   * @param timeout how long to wait; zero or less does not wait
   * @return the event, or that some are lost; empty if none came in time, or the stream is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Optional<Item> next(Duration timeout) throws InterruptedException {
    Instant latest = time.now().plus(timeout);
    while (true) {
      Optional<Item> item = take();
      if (item.isPresent() || isClosed()) {
        return item;
      }
      Duration left = Duration.between(time.now(), latest);
      // The bell may have rung for something that was taken already.
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

  /** Ends the stream and drops what waits; a thread that waits in {@link #next} goes on. */
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
