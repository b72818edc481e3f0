package dev.callflow.conference.control;

import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of a dial's answer, awaited.
 *
 * @param endpoint the endpoint, as the answer shows it
 * @param leg the leg; empty if none is dialled
 * @param result the row, once it is known
 */
record DialAttempt(String endpoint, Optional<DialledLeg> leg, Inbox<DialledEndpoint> result) {

  static DialAttempt begun(DialledLeg leg) {
    return new DialAttempt(leg.endpoint(), Optional.of(leg), leg.result());
  }

  static DialAttempt failed(String endpoint, String why, TimeSource time) {
    Inbox<DialledEndpoint> result = time.inbox(1);
    result.offer(new DialledEndpoint(endpoint, "", "", false, why));
    return new DialAttempt(endpoint, Optional.empty(), result);
  }

  DialledEndpoint await(TimeSource time, Instant latest) {
    try {
      DialledEndpoint row = result.poll(Duration.between(time.now(), latest));
      return row == null ? unknown("timeout") : row;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    }
  }

  private DialledEndpoint unknown(String message) {
    return leg.map(it -> it.row(false, message))
        .orElseGet(() -> new DialledEndpoint(endpoint, "", "", false, message));
  }
}
