package dev.callflow.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time of the system clock. One thread waits for all timers, and starts those that are due. */
final class SystemTime implements TimeSource {

  static final SystemTime INSTANCE = new SystemTime();

  private final InstantSource clock = InstantSource.system();
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("timers").factory());

  private SystemTime() {
    timers.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public Thread start(String name, Runnable task) {
    return Thread.ofVirtual().name(name).start(task);
  }

  @Override
  public <T> Inbox<T> inbox(int capacity) {
    return new SystemInbox<>(capacity);
  }

  @Override
  public Timer after(Duration delay, String name, Runnable task) {
    Future<?> started =
        timers.schedule(() -> start(name, task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> started.cancel(false);
  }
}
