package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the mixer does by itself in a room, as the room's profile says.
 *
 * @param settings what is heard at first of who comes and goes
 * @param prompts what else is played, by occasion; nothing where there is none
 * @param pins what callers are asked for
 * @param waits whether members wait for the first moderator
 * @param grace how long the room goes on without any of those members without whom it ends
 */
public record SimRoomRules(
    RoomSettings settings,
    Map<Prompt, String> prompts,
    SimPins pins,
    boolean waits,
    Duration grace) {

  /** Defaults for a room without a profile. */
  public static final SimRoomRules USUAL =
      new SimRoomRules(RoomSettings.USUAL, Map.of(), SimPins.NONE, false, Duration.ZERO);

  /** Copies the prompts. */
  public SimRoomRules {
    prompts = prompts.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(prompts));
  }

  /** An occasion on which something is played. */
  public enum Prompt {
    /** To a caller who is not let in because the room is locked (locked-sound). */
    LOCKED,
    /** To a caller who is not let in because the room is full (max-members-sound). */
    FULL,
    /** To a caller who is asked for a PIN (pin-sound). */
    PIN,
    /** To a caller whose PIN is wrong (bad-pin-sound). */
    BAD_PIN,
    /** To somebody who has been put out (kicked-sound). */
    KICKED,
    /** To a member who is muted (muted-sound). */
    MUTED,
    /** To a member who is no longer muted (unmuted-sound). */
    UNMUTED,
    /** To a member who is deaf (deaf-sound). */
    DEAF,
    /** To a member who is no longer deaf (undeaf-sound). */
    UNDEAF,
    /** To the only member (alone-sound). */
    ALONE,
    /** To the only member, and to those who wait for a moderator, without end (moh-sound). */
    MUSIC,
    /** To a room that is locked (is-locked-sound). */
    IS_LOCKED,
    /** To a room that is no longer locked (is-unlocked-sound). */
    IS_UNLOCKED
  }

  /**
   * Returns what is played on an occasion.
   *
   * @param occasion the occasion
   * @return the file; empty for nothing
   */
  public Optional<String> prompt(Prompt occasion) {
    return Optional.ofNullable(prompts.get(occasion));
  }
}
