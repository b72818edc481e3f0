package dev.callflow.conference.pin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Detects whether the limit of errors was reached within a sliding window. Keeps at most as many
 * errors as the limit.
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
   * Returns the time from which the window holds fewer errors than the limit; not in the future if
   * it already does.
   */
  Instant endsAt() {
    return errors.size() < limit ? Instant.MIN : errors.getFirst().plus(window);
  }

  boolean reached(Instant now) {
    return now.isBefore(endsAt());
  }
}
