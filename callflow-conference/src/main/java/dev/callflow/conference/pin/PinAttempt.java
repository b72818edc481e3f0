package dev.callflow.conference.pin;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.conference.mixer.RoomId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One PIN that a caller has entered, from then until it was checked or given up. Holds the caller's
 * place in the room's line; {@link #close} gives it up.
 */
public final class PinAttempt implements AutoCloseable {

  private final PinThrottle throttle;
  private final PinTicket ticket;

  private PinAttempt(PinThrottle throttle, PinTicket ticket) {
    this.throttle = throttle;
    this.ticket = ticket;
  }

  /**
   * Begins an attempt: a caller has entered a PIN.
   *
   * @param throttle limits the attempts
   * @param room the room
   * @param callerNumber the caller's number, as it came
   * @param limits the account's
   * @return the attempt; close it
   */
  public static PinAttempt begin(
      PinThrottle throttle, RoomId room, String callerNumber, PinLimits limits) {
    return new PinAttempt(
        throttle, new PinTicket(room, CallerNumber.spelling(callerNumber), limits));
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
    return throttle.check(ticket, comparison);
  }

  @Override
  public void close() {
    throttle.giveUp(ticket);
  }
}
