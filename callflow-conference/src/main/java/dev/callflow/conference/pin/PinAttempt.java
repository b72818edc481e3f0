package dev.callflow.conference.pin;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.conference.mixer.RoomId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A caller's attempt to enter a PIN. It lasts until the PIN has been checked or the caller has
 * given up, and keeps the caller's place in the room's queue; {@link #close} gives up the place.
 */
public final class PinAttempt implements AutoCloseable {

  private final PinThrottle throttle;
  private final PinTicket ticket;

  private PinAttempt(PinThrottle throttle, PinTicket ticket) {
    this.throttle = throttle;
    this.ticket = ticket;
  }

  /**
   * Begins an attempt for a caller who has entered a PIN.
   *
   * @param throttle the throttle that limits the attempts
   * @param room the room
   * @param callerNumber the caller's number as it arrived with the call
   * @param limits the limits of the account
   * @return the attempt; it must be closed after use
   */
  public static PinAttempt begin(
      PinThrottle throttle, RoomId room, String callerNumber, PinLimits limits) {
    return new PinAttempt(
        throttle, new PinTicket(room, CallerNumber.spelling(callerNumber), limits));
  }

  /**
   * Checks the PIN unless the throttle refuses or postpones the check. Testing the limits, counting
   * the attempt and comparing the PIN form one atomic step; an attempt with a correct PIN is not
   * counted.
   *
   * @param <T> the type of the role that a correct PIN gives the caller
   * @param comparison compares the PIN and returns the role that it gives, or empty if it is wrong;
   *     must not block
   * @return the result; after {@link PinEntry.Later}, call this method again
   */
  public <T> PinEntry<T> check(Supplier<Optional<T>> comparison) {
    return throttle.check(ticket, comparison);
  }

  @Override
  public void close() {
    throttle.giveUp(ticket);
  }
}
