package dev.callflow.simulator.model;

import java.util.Optional;

/**
 * What the members of a room hear when others come and go.
 *
 * @param enterSound the sound for members who come in without a sound of their own
 * @param exitSound the sound for members who leave without a sound of their own
 * @param entersHeard whether any is heard of those who come in
 * @param exitsHeard whether any is heard of those who leave; own sounds are heard regardless
 */
public record RoomSettings(
    Optional<String> enterSound,
    Optional<String> exitSound,
    boolean entersHeard,
    boolean exitsHeard) {

  /** As a room begins that no profile has set up. */
  static final RoomSettings USUAL =
      new RoomSettings(Optional.empty(), Optional.empty(), true, true);

  /**
   * Returns these settings with another enter sound.
   *
   * @param file the file
   * @return the settings
   */
  public RoomSettings enterSound(String file) {
    return new RoomSettings(Optional.of(file), exitSound, entersHeard, exitsHeard);
  }

  /**
   * Returns these settings with another exit sound.
   *
   * @param file the file
   * @return the settings
   */
  public RoomSettings exitSound(String file) {
    return new RoomSettings(enterSound, Optional.of(file), entersHeard, exitsHeard);
  }

  /**
   * Returns these settings with enter sounds or without.
   *
   * @param on whether they are heard
   * @return the settings
   */
  public RoomSettings entersHeard(boolean on) {
    return new RoomSettings(enterSound, exitSound, on, exitsHeard);
  }

  /**
   * Returns these settings with exit sounds or without.
   *
   * @param on whether they are heard
   * @return the settings
   */
  public RoomSettings exitsHeard(boolean on) {
    return new RoomSettings(enterSound, exitSound, entersHeard, on);
  }
}
