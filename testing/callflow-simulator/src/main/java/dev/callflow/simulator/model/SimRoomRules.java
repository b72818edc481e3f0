package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The mixer's automatic behaviour in a room, as configured by the room's profile.
 *
 * @param settings the initial enter and exit sounds
 * @param prompts the files of the other prompts; a prompt without an entry is not played
 * @param pins the PINs of the room
 * @param waits whether members wait for the first moderator
 * @param grace the time that the room stays open after its last mandatory member has left
 */
public record SimRoomRules(
    RoomSettings settings,
    Map<Prompt, String> prompts,
    SimPins pins,
    boolean waits,
    Duration grace) {

  /** The rules of a room without a profile. */
  public static final SimRoomRules DEFAULT =
      new SimRoomRules(RoomSettings.DEFAULT, Map.of(), SimPins.NONE, false, Duration.ZERO);

  /** Copies the prompts. */
  public SimRoomRules {
    prompts = prompts.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(prompts));
  }

  /** A prompt that the mixer plays. */
  public enum Prompt {
    /** Played to a caller who is refused because the room is locked (locked-sound). */
    LOCKED,
    /** Played to a caller who is refused because the room is full (max-members-sound). */
    FULL,
    /** Asks a caller for a PIN (pin-sound). */
    PIN,
    /** Played to a caller who entered a wrong PIN (bad-pin-sound). */
    BAD_PIN,
    /** Played to a kicked member (kicked-sound). */
    KICKED,
    /** Played to a member who is muted (muted-sound). */
    MUTED,
    /** Played to a member who is unmuted (unmuted-sound). */
    UNMUTED,
    /** Played to a member who is deafened (deaf-sound). */
    DEAF,
    /** Played to a member who is undeafened (undeaf-sound). */
    UNDEAF,
    /** Played to the only member of a room (alone-sound). */
    ALONE,
    /**
     * Endless music, played to a lone member and to members who wait for a moderator (moh-sound).
     */
    MUSIC,
    /** Played to a room when it is locked (is-locked-sound). */
    IS_LOCKED,
    /** Played to a room when it is unlocked (is-unlocked-sound). */
    IS_UNLOCKED
  }

  /**
   * Returns the file of a prompt.
   *
   * @param prompt the prompt
   * @return the file; empty if the prompt is not played
   */
  public Optional<String> prompt(Prompt prompt) {
    return Optional.ofNullable(prompts.get(prompt));
  }
}
