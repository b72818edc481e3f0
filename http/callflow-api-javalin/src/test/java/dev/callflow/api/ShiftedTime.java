package dev.callflow.api;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test can move ahead of real time. Waits still take as long as in real time. */
final class ShiftedTime implements TimeSource {

  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

  void forward(Duration by) {
    shift.accumulateAndGet(by, Duration::plus);
  }

  @Override
  public Instant now() {
    return TimeSource.system().now().plus(shift.get());
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
  public Timer after(Duration delay, String name, Runnable task) {
    return TimeSource.system().after(delay, name, task);
  }
}
