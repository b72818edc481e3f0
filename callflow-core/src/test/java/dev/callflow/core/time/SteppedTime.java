package dev.callflow.core.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time for a single thread. Tasks run on the thread that starts them. Waiting takes no real
 * time, because the clock jumps to the next item or to the deadline.
 */
public final class SteppedTime implements TimeSource {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private long offered;

  @Override
  public Instant now() {
    return now;
  }

  /** Returns the virtual time since the start of the test. */
  public Duration passed() {
    return Duration.between(START, now);
  }

  @Override
  public Thread start(String name, Runnable task) {
    task.run();
    return Thread.currentThread();
  }

  @Override
  public <T> Inbox<T> inbox(int capacity) {
    return new SteppedInbox<>();
  }

  @Override
  public Timer after(Duration delay, String name, Runnable task) {
    throw new UnsupportedOperationException("stepped time does not support timers");
  }

  /** An inbox in which a test can schedule items. */
  public final class SteppedInbox<T> implements Inbox<T> {

    private record Item<T>(Instant at, long number, T item) {}

    private final PriorityQueue<Item<T>> items =
        new PriorityQueue<>(
            Comparator.<Item<T>, Instant>comparing(Item::at).thenComparing(Item::number));
    private boolean closed;

    public void arrives(Duration fromNow, T item) {
      items.add(new Item<>(now.plus(fromNow), offered++, item));
    }

    @Override
    public boolean offer(T item) {
      if (!closed) {
        arrives(Duration.ZERO, item);
      }
      return !closed;
    }

    @Override
    public void close(T last) {
      offer(last);
      closed = true;
    }

    @Override
    public @Nullable T poll(Duration timeout) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted by the test");
      }
      Instant deadline = timeout.isNegative() ? now : now.plus(timeout);
      Item<T> next = items.peek();
      if (next == null || next.at().isAfter(deadline)) {
        now = deadline;
        return null;
      }
      now = next.at().isAfter(now) ? next.at() : now;
      items.remove();
      return next.item();
    }
  }
}
