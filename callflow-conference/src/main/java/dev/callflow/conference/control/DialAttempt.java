package dev.callflow.conference.control;

import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An attempt to dial one endpoint, and the result, which may still be pending.
 *
 * @param endpoint the endpoint, as it is named in results
 * @param leg the leg; empty if no leg is dialled
 * @param result receives the result of the endpoint
 */
record DialAttempt(String endpoint, Optional<DialledLeg> leg, Inbox<DialledEndpoint> result) {

  static DialAttempt started(DialledLeg leg) {
    return new DialAttempt(leg.endpoint(), Optional.of(leg), leg.result());
  }

  static DialAttempt failed(String endpoint, String why, TimeSource time) {
    Inbox<DialledEndpoint> result = time.inbox(1);
    result.offer(new DialledEndpoint(endpoint, "", "", false, why));
    return new DialAttempt(endpoint, Optional.empty(), result);
  }

  DialledEndpoint await(TimeSource time, Instant deadline) {
    try {
      DialledEndpoint received = result.poll(Duration.between(time.now(), deadline));
      return received == null ? unknown("timeout") : received;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    }
  }

  private DialledEndpoint unknown(String message) {
    return leg.map(it -> it.result(false, message))
        .orElseGet(() -> new DialledEndpoint(endpoint, "", "", false, message));
  }
}
