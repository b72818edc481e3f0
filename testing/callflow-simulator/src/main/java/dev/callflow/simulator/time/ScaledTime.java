package dev.callflow.simulator.time;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Real time, sped up by a factor. Use it for runs over real sockets that must finish sooner than
 * their calls would in real time.
 *
 * <p>Thread-safe. Time spent by the machine is scaled too: a millisecond of network delay counts as
 * {@code factor} milliseconds.
 */
public final class ScaledTime implements TimeSource {

  private final TimeSource real = TimeSource.system();
  private final Instant start = real.now();
  private final double factor;

  /**
   * Creates a time source that starts now.
   *
   * @param factor the speed relative to real time; greater than 0
   */
  public ScaledTime(double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("factor must be greater than 0, but is " + factor);
    }
    this.factor = factor;
  }

  @Override
  public Instant now() {
    return start.plus(elapsed());
  }

  /**
   * Returns how much scaled time has passed.
   *
   * @return the scaled time since the start
   */
  public Duration elapsed() {
    return scaled(Duration.between(start, real.now()), factor);
  }

  @Override
  public Thread start(String name, Runnable task) {
    return real.start(name, task);
  }

  @Override
  public <T> Inbox<T> inbox(int capacity) {
    Inbox<T> inbox = real.inbox(capacity);
    return new Inbox<>() {
      @Override
      public boolean offer(T item) {
        return inbox.offer(item);
      }

      @Override
      public void close(T last) {
        inbox.close(last);
      }

      @Override
      public @Nullable T poll(Duration timeout) throws InterruptedException {
        return inbox.poll(scaled(timeout, 1 / factor));
      }
    };
  }

  @Override
  public Timer after(Duration delay, String name, Runnable task) {
    return real.after(scaled(delay, 1 / factor), name, task);
  }

  private static Duration scaled(Duration duration, double by) {
    return duration.compareTo(Duration.ofDays(3650)) > 0
        ? duration
        : Duration.ofNanos((long) (duration.toNanos() * by));
  }
}
