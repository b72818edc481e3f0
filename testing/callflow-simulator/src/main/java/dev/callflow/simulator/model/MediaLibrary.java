package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.Optional;

/** Specifies which media can be played, and how long they are. */
@FunctionalInterface
public interface MediaLibrary {

  /** The length of endless media. */
  Duration ENDLESS = Duration.ofDays(36_500);

  /**
   * Returns the length of a media item.
   *
   * @param file a file, stream or prompt, or a text to speak; never a list separated by {@code !}
   * @return the length, {@link #ENDLESS} for endless media, or empty if the media item cannot be
   *     played
   */
  Optional<Duration> length(String file);
}
