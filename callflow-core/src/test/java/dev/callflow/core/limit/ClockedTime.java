package dev.callflow.core.limit;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that a test sets; timers run on the thread that sets it. */
final class ClockedTime implements TimeSource {

  private record Due(Instant at, Runnable task) {}

  private final List<Due> timers = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");

  @Override
  public Instant now() {
    return now;
  }

  void passes(Duration time) {
    Instant end = now.plus(time);
    while (true) {
      Optional<Due> next =
          timers.stream().filter(it -> !it.at.isAfter(end)).min(Comparator.comparing(Due::at));
      if (next.isEmpty()) {
        now = end;
        return;
      }
      now = next.get().at;
      timers.remove(next.get());
      next.get().task.run();
    }
  }

  int timers() {
    return timers.size();
  }

  @Override
  public Thread start(String name, Runnable task) {
    timers.add(new Due(now, task));
    return Thread.currentThread();
  }

  @Override
  public <T> Inbox<T> inbox(int capacity) {
    throw new UnsupportedOperationException("nothing waits in these tests");
  }

  @Override
  public Timer after(Duration delay, String name, Runnable task) {
    Due due = new Due(now.plus(delay), task);
    timers.add(due);
    return () -> timers.remove(due);
  }
}
