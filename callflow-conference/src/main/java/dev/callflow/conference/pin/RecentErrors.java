package dev.callflow.conference.pin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Whether so many errors were made within so much time; remembers no more than it needs. */
final class RecentErrors {

  private final int limit;
  private final Duration window;
  private final Deque<Instant> errors = new ArrayDeque<>(0);

  RecentErrors(int limit, Duration window) {
    this.limit = limit;
    this.window = window;
  }

  void add(Instant when) {
    if (errors.size() == limit) {
      errors.removeFirst();
    }
    errors.addLast(when);
  }

  /** When fewer than the limit are within the window again; now or earlier if they are. */
  Instant endsAt() {
    return errors.size() < limit ? Instant.MIN : errors.getFirst().plus(window);
  }

  boolean reached(Instant now) {
    return now.isBefore(endsAt());
  }
}
