package dev.callflow.conference.document;

import java.util.Optional;

/** What a key can do in a room. */
public enum KeyAction {
  /** Mutes oneself, or is heard again. */
  MUTE("mute"),
  /** Mutes oneself. */
  MUTE_ON("mute on"),
  /** Is heard again. */
  MUTE_OFF("mute off"),
  /** Makes oneself deaf, or hears again. */
  DEAF("deaf"),
  /** Makes oneself deaf. */
  DEAF_ON("deaf on"),
  /** Hears again. */
  DEAF_OFF("deaf off"),
  /** Both mutes oneself and makes oneself deaf, or neither. */
  DEAF_MUTE("deaf mute"),
  /** Keeps out more noise. */
  ENERGY_UP("energy up"),
  /** Keeps out noise as usual. */
  ENERGY_EQU("energy equ"),
  /** Keeps out less noise. */
  ENERGY_DOWN("energy dn"),
  /** Is heard louder. */
  TALK_UP("vol talk up"),
  /** Is heard as usual. */
  TALK_ZERO("vol talk zero"),
  /** Is heard less loud. */
  TALK_DOWN("vol talk dn"),
  /** Hears louder. */
  LISTEN_UP("vol listen up"),
  /** Hears as usual. */
  LISTEN_ZERO("vol listen zero"),
  /** Hears less loud. */
  LISTEN_DOWN("vol listen dn"),
  /** Leaves the room. */
  HANGUP("hangup"),
  /** Locks the room, or unlocks it. */
  LOCK("lock"),
  /** Takes the floor. */
  FLOOR("floor"),
  /** Publishes the keys. */
  EVENT("event");

  private final String text;

  KeyAction(String text) {
    this.text = text;
  }

  /**
   * Reads an action as documents write it.
   *
   * @param text for instance {@code mute on}; FreeSWITCH's other spelling of zero, {@code equ}, too
   * @return the action, or empty if there is none of that name
   */
  public static Optional<KeyAction> of(String text) {
    String wanted = text.startsWith("vol ") ? text.replace(" equ", " zero") : text;
    for (KeyAction action : values()) {
      if (action.text.equals(wanted)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
