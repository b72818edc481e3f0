package dev.callflow.api.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt to deliver an event went.
 *
 * @param status the status of the answer; empty if there was none
 * @param error why the attempt has failed; empty if the event has arrived
 * @param took the time that it took
 */
record AttemptOutcome(Optional<Integer> status, Optional<String> error, Duration took) {

  private static final int GONE = 410;

  static AttemptOutcome failed(String error, Duration took) {
    return new AttemptOutcome(Optional.empty(), Optional.of(error), took);
  }

  static AttemptOutcome answered(int status, Duration took) {
    return new AttemptOutcome(Optional.of(status), error(status), took);
  }

  private static Optional<String> error(int status) {
    return switch (status / 100) {
      case 2 -> Optional.empty();
      case 3 -> Optional.of("the receiver redirects (" + status + "), which is not followed");
      default -> Optional.of("the receiver answers " + status);
    };
  }

  boolean arrived() {
    return error.isEmpty();
  }

  /** Returns whether the receiver wants no more events. */
  boolean isGone() {
    return status.filter(it -> it == GONE).isPresent();
  }
}
