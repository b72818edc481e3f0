package dev.callflow.simulator.time;

import java.io.Serial;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Thrown when a thread keeps the baton because it blocks outside the time source or never stops
 * computing.
 */
public final class BlockedThreadException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  BlockedThreadException(Thread thread, Duration patience) {
    super(
        "thread \"%s\" neither ended nor waited through the time source within %s; stack:%n%s"
            .formatted(
                thread.getName(),
                patience,
                Arrays.stream(thread.getStackTrace())
                    .map(frame -> "    at " + frame)
                    .collect(Collectors.joining(System.lineSeparator()))));
  }
}
