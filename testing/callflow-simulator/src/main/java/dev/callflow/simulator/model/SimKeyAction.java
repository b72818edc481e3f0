package dev.callflow.simulator.model;

import java.util.Locale;
import java.util.Optional;

/**
 * An action that a member's key triggers in the mixer, as configured in FreeSWITCH's
 * caller-controls.
 */
public enum SimKeyAction {
  /** Mutes the member, or unmutes and undeafens them. */
  MUTE("mute"),
  /** Mutes the member if they are not muted. */
  MUTE_ON("mute on"),
  /** Unmutes and undeafens the member if they are muted. */
  MUTE_OFF("mute off"),
  /** Mutes and deafens the member, or unmutes and undeafens them. */
  DEAF_MUTE("deaf mute"),
  /** Deafens or undeafens the member. */
  DEAF("deaf"),
  /** Deafens the member if they are not deaf. */
  DEAF_ON("deaf on"),
  /** Undeafens the member if they are deaf. */
  DEAF_OFF("deaf off"),
  /** Raises the member's energy threshold. */
  ENERGY_UP("energy up"),
  /** Resets the member's energy threshold. */
  ENERGY_EQU("energy equ"),
  /** Lowers the member's energy threshold. */
  ENERGY_DN("energy dn"),
  /**
   * Raises the volume at which the member hears the room. Despite the action's name, the volume of
   * their voice stays the same.
   */
  TALK_UP("vol talk up"),
  /** Resets the volume at which the member hears the room. */
  TALK_ZERO("vol talk zero"),
  /** Lowers the volume at which the member hears the room. */
  TALK_DN("vol talk dn"),
  /**
   * Raises the volume of the member's voice. Despite the action's name, the volume at which they
   * hear the room stays the same.
   */
  LISTEN_UP("vol listen up"),
  /** Resets the volume of the member's voice. */
  LISTEN_ZERO("vol listen zero"),
  /** Lowers the volume of the member's voice. */
  LISTEN_DN("vol listen dn"),
  /** Removes the member from the room. */
  HANGUP("hangup"),
  /** Emits an event with the pressed keys. */
  EVENT("event"),
  /** Locks or unlocks the room. */
  LOCK("lock");

  private final String words;

  SimKeyAction(String words) {
    this.words = words;
  }

  /**
   * Finds an action by its name.
   *
   * @param words the value of {@code <control action="…"/>}
   * @return the action, or empty for an action that the simulator ignores
   */
  public static Optional<SimKeyAction> of(String words) {
    for (SimKeyAction action : values()) {
      if (action.words.equals(words.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
