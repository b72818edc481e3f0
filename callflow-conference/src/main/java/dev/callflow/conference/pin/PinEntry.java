package dev.callflow.conference.pin;

import java.time.Duration;

/**
 * The result of an attempt to check a PIN.
 *
 * @param <T> the type of the role that a correct PIN gives the caller
 */
public sealed interface PinEntry<T> {

  /**
   * The PIN is correct.
   *
   * @param <T> the type of the role that a correct PIN gives the caller
   * @param role the role that the PIN gives the caller
   */
  record Right<T>(T role) implements PinEntry<T> {}

  /**
   * The PIN is wrong.
   *
   * @param <T> the type of the role that a correct PIN gives the caller
   * @param blocked whether the caller's number is blocked from now on
   */
  record Wrong<T>(boolean blocked) implements PinEntry<T> {}

  /**
   * The PIN was not checked because the caller's number is blocked or the room's queue is full.
   *
   * @param <T> the type of the role that a correct PIN gives the caller
   */
  record Refused<T>() implements PinEntry<T> {}

  /**
   * The PIN has not been checked yet because other callers are ahead in the queue.
   *
   * @param <T> the type of the role that a correct PIN gives the caller
   * @param pause how long to wait before the next try; positive
   */
  record Later<T>(Duration pause) implements PinEntry<T> {}
}
