package dev.callflow.conference.pin;

import java.time.Duration;

/**
 * What comes of an attempt to have a PIN checked.
 *
 * @param <T> what a right PIN makes of the caller
 */
public sealed interface PinEntry<T> {

  /**
   * The PIN is right.
   *
   * @param <T> what a right PIN makes of the caller
   * @param role what it makes of the caller
   */
  record Right<T>(T role) implements PinEntry<T> {}

  /**
   * The PIN is wrong.
   *
   * @param <T> what a right PIN makes of the caller
   * @param closed whether the door is closed to the caller's number from now on
   */
  record Wrong<T>(boolean closed) implements PinEntry<T> {}

  /**
   * Nothing was checked: the caller's number, or the room, has had too many attempts.
   *
   * @param <T> what a right PIN makes of the caller
   */
  record Refused<T>() implements PinEntry<T> {}

  /**
   * Nothing was checked yet: others are before the caller.
   *
   * @param <T> what a right PIN makes of the caller
   * @param pause after what time to try again; positive
   */
  record Later<T>(Duration pause) implements PinEntry<T> {}
}
