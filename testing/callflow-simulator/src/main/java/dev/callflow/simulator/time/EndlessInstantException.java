package dev.callflow.simulator.time;

import java.io.Serial;
import java.time.Duration;
import java.util.Collection;

/** Thrown when threads keep each other busy for ever without time going on. */
public final class EndlessInstantException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  EndlessInstantException(Duration elapsed, int turns, Collection<String> last) {
    super(
        "time stands still at %s: threads have had %d turns without waiting for time; the last were %s"
            .formatted(elapsed, turns, last));
  }
}
