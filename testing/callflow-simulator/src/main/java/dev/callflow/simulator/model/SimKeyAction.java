package dev.callflow.simulator.model;

import java.util.Locale;
import java.util.Optional;

/** What a key of a member does in the mixer: the actions of FreeSWITCH's caller-controls. */
public enum SimKeyAction {
  /** Mutes, or unmutes and undeafens. */
  MUTE("mute"),
  /** Mutes who is not muted. */
  MUTE_ON("mute on"),
  /** Unmutes and undeafens who is muted. */
  MUTE_OFF("mute off"),
  /** Mutes and deafens, or neither. */
  DEAF_MUTE("deaf mute"),
  /** Deafens or not. */
  DEAF("deaf"),
  /** Deafens who is not deaf. */
  DEAF_ON("deaf on"),
  /** Undeafens who is deaf. */
  DEAF_OFF("deaf off"),
  /** One must be louder to be heard. */
  ENERGY_UP("energy up"),
  /** One must be as loud as usual to be heard. */
  ENERGY_EQU("energy equ"),
  /** One need not be so loud to be heard. */
  ENERGY_DN("energy dn"),
  /** Louder for oneself, whatever the name says. */
  TALK_UP("vol talk up"),
  /** As loud as usual for oneself. */
  TALK_ZERO("vol talk zero"),
  /** Less loud for oneself. */
  TALK_DN("vol talk dn"),
  /** Louder for the others, whatever the name says. */
  LISTEN_UP("vol listen up"),
  /** As loud as usual for the others. */
  LISTEN_ZERO("vol listen zero"),
  /** Less loud for the others. */
  LISTEN_DN("vol listen dn"),
  /** Leaves the room. */
  HANGUP("hangup"),
  /** Tells it by an event. */
  EVENT("event"),
  /** Locks or unlocks the room. */
  LOCK("lock");

  private final String words;

  SimKeyAction(String words) {
    this.words = words;
  }

  /**
   * Finds an action.
   *
   * @param words as in {@code <control action="…"/>}
   * @return the action, or empty for one that makes no difference here
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
