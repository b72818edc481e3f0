package dev.callflow.testkit.contract;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until it is set forward; what has come due then runs, in order. */
final class SteppedTime implements TimeSource {

  private record Due(Instant at, long number, Runnable task) {}

  private final Queue<Due> waiting =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));

  /** So late in a second began the recording that tells how long a room has lived. */
  private Instant now = Instant.parse("2026-11-22T08:00:00.530Z");

  private long number;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public Thread start(String name, Runnable task) {
    return TimeSource.system().start(name, task);
  }

  @Override
  public <T> Inbox<T> inbox(int capacity) {
    return TimeSource.system().inbox(capacity);
  }

  @Override
  public synchronized Timer after(Duration delay, String name, Runnable task) {
    Due due = new Due(now.plus(delay), number++, task);
    waiting.add(due);
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    waiting.remove(due);
  }

  /** Sets the clock forward, to the next thing that comes due or to the instant given. */
  boolean forwardTo(Instant to) {
    Due due = next(to);
    if (due == null) {
      return false;
    }
    due.task().run();
    return true;
  }

  private synchronized @Nullable Due next(Instant to) {
    Due due = waiting.peek();
    if (due == null || due.at().isAfter(to)) {
      now = to.isAfter(now) ? to : now;
      return null;
    }
    now = due.at().isAfter(now) ? due.at() : now;
    return waiting.poll();
  }
}
