package dev.callflow.simulator.time;

import java.io.Serial;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/** Thrown when threads keep waking each other, so that virtual time cannot advance. */
public final class EndlessInstantException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  EndlessInstantException(Duration elapsed, int turns, Collection<String> last) {
    super(
        String.format(
            Locale.ROOT,
            "virtual time is stuck at %s: threads have had %d turns at this instant; the latest"
                + " were %s",
            elapsed,
            turns,
            last));
  }
}
