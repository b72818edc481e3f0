package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.Optional;

/** Looks up the media that can be played, and their lengths. */
@FunctionalInterface
public interface MediaLibrary {

  /** The length of an endless medium. */
  Duration ENDLESS = Duration.ofDays(36_500);

  /**
   * Looks up the length of a medium.
   *
   * @param file a file, stream or prompt, or a text to speak; never several separated by {@code !}
   * @return the length, {@link #ENDLESS} for an endless medium, or empty if it cannot be played
   */
  Optional<Duration> length(String file);
}
