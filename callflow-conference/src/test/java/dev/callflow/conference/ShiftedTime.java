package dev.callflow.conference;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** The real time, which a test can set forward. Waits last as long as they really do. */
public final class ShiftedTime implements TimeSource {

  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

  /** Sets the clock forward. */
  public void forward(Duration by) {
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
