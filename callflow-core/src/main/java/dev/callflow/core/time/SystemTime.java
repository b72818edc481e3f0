package dev.callflow.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of the system clock. */
final class SystemTime implements TimeSource {

  static final SystemTime INSTANCE = new SystemTime();

  private final InstantSource clock = InstantSource.system();

  private SystemTime() {}

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
    Inbox<Boolean> cancelled = new SystemInbox<>(1);
    start(
        name,
        () -> {
          try {
            if (cancelled.poll(delay) == null) {
              task.run();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return () -> cancelled.offer(true);
  }
}
