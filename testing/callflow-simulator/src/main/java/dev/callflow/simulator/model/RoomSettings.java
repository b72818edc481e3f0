package dev.callflow.simulator.model;

import java.util.Optional;

/**
 * The enter and exit sounds of a room.
 *
 * @param enterSound the enter sound for members without one of their own
 * @param exitSound the exit sound for members without one of their own
 * @param enterSoundsOn whether enter sounds are played
 * @param exitSoundsOn whether the room's exit sound is played; members' own exit sounds are always
 *     played
 */
public record RoomSettings(
    Optional<String> enterSound,
    Optional<String> exitSound,
    boolean enterSoundsOn,
    boolean exitSoundsOn) {

  /** The settings of a room without a profile. */
  static final RoomSettings DEFAULT =
      new RoomSettings(Optional.empty(), Optional.empty(), true, true);

  /**
   * Returns a copy of these settings with another enter sound.
   *
   * @param file the file
   * @return the copy
   */
  public RoomSettings enterSound(String file) {
    return new RoomSettings(Optional.of(file), exitSound, enterSoundsOn, exitSoundsOn);
  }

  /**
   * Returns a copy of these settings with another exit sound.
   *
   * @param file the file
   * @return the copy
   */
  public RoomSettings exitSound(String file) {
    return new RoomSettings(enterSound, Optional.of(file), enterSoundsOn, exitSoundsOn);
  }

  /**
   * Returns a copy of these settings with enter sounds switched on or off.
   *
   * @param on whether enter sounds are played
   * @return the copy
   */
  public RoomSettings enterSoundsOn(boolean on) {
    return new RoomSettings(enterSound, exitSound, on, exitSoundsOn);
  }

  /**
   * Returns a copy of these settings with exit sounds switched on or off.
   *
   * @param on whether exit sounds are played
   * @return the copy
   */
  public RoomSettings exitSoundsOn(boolean on) {
    return new RoomSettings(enterSound, exitSound, enterSoundsOn, on);
  }
}
