package dev.callflow.conference.pin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Detects whether the number of errors within a sliding window has reached a limit. Remembers no
 * more errors than the limit.
 */
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

  /**
   * Returns the time from which the window contains fewer errors than the limit. If it already
   * does, this time is not in the future.
   */
  Instant endsAt() {
    return errors.size() < limit ? Instant.MIN : errors.getFirst().plus(window);
  }

  boolean reached(Instant now) {
    return now.isBefore(endsAt());
  }
}
