package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.Optional;

/** Knows what can be played and how long it is. */
@FunctionalInterface
public interface MediaLibrary {

  /** The length of what has no end. */
  Duration ENDLESS = Duration.ofDays(36_500);

  /**
   * Looks a medium up.
   *
   * @param file a file, stream or prompt, or a text to be spoken; never several with {@code !}
   * @return its length, {@link #ENDLESS} for what has no end, or empty if it cannot be played
   */
  Optional<Duration> length(String file);
}
