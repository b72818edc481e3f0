package dev.callflow.conference.pin;

import dev.callflow.conference.mixer.RoomId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One PIN that a caller has entered, from then until it was checked or given up. Holds the caller's
 * place in the room's line; {@link #close} gives it up.
 */
public final class PinAttempt implements AutoCloseable {

  private final PinThrottle throttle;
  final RoomId room;
  final String number;
  final PinLimits limits;

  PinAttempt(PinThrottle throttle, RoomId room, String number, PinLimits limits) {
    this.throttle = throttle;
    this.room = room;
    this.number = number;
    this.limits = limits;
  }

  /**
   * Has the PIN checked if that may be now: it is counted before it is compared, in one step with
   * the question whether the caller may try, and the count is taken back if it is right.
   *
   * @param <T> what a right PIN makes of the caller
   * @param comparison compares the PIN; empty if it is wrong; must not block
   * @return what came of it; after {@link PinEntry.Later} call again
   */
  public <T> PinEntry<T> check(Supplier<Optional<T>> comparison) {
    return throttle.check(this, comparison);
  }

  @Override
  public void close() {
    throttle.giveUp(this);
  }
}
