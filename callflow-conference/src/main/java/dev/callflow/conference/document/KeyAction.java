package dev.callflow.conference.document;

import java.util.Optional;

/** The actions that can be assigned to keys in a room. */
public enum KeyAction {
  /** Mutes or unmutes the participant. */
  MUTE("mute"),
  /** Mutes the participant. */
  MUTE_ON("mute on"),
  /** Unmutes the participant. */
  MUTE_OFF("mute off"),
  /** Deafens or undeafens the participant. */
  DEAF("deaf"),
  /** Deafens the participant. */
  DEAF_ON("deaf on"),
  /** Undeafens the participant. */
  DEAF_OFF("deaf off"),
  /** Mutes and deafens the participant, or undoes both. */
  DEAF_MUTE("deaf mute"),
  /** Raises the energy level, which suppresses more noise. */
  ENERGY_UP("energy up"),
  /** Resets the energy level. */
  ENERGY_EQU("energy equ"),
  /** Lowers the energy level, which suppresses less noise. */
  ENERGY_DOWN("energy dn"),
  /** Raises the volume at which the room hears the participant. */
  TALK_UP("vol talk up"),
  /** Resets the volume at which the room hears the participant. */
  TALK_ZERO("vol talk zero"),
  /** Lowers the volume at which the room hears the participant. */
  TALK_DOWN("vol talk dn"),
  /** Raises the volume at which the participant hears the room. */
  LISTEN_UP("vol listen up"),
  /** Resets the volume at which the participant hears the room. */
  LISTEN_ZERO("vol listen zero"),
  /** Lowers the volume at which the participant hears the room. */
  LISTEN_DOWN("vol listen dn"),
  /** Leaves the room. */
  HANGUP("hangup"),
  /** Locks or unlocks the room. */
  LOCK("lock"),
  /** Gives the participant the floor. */
  FLOOR("floor"),
  /** Publishes an event that contains the keys pressed. */
  EVENT("event");

  private final String text;

  KeyAction(String text) {
    this.text = text;
  }

  /**
   * Reads an action from its name in documents.
   *
   * @param text the name, for instance {@code mute on}; for volumes, {@code equ} is accepted in
   *     place of {@code zero}, as in FreeSWITCH
   * @return the action; empty if the name is unknown
   */
  public static Optional<KeyAction> of(String text) {
    String name = text.startsWith("vol ") ? text.replace(" equ", " zero") : text;
    for (KeyAction action : values()) {
      if (action.text.equals(name)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
