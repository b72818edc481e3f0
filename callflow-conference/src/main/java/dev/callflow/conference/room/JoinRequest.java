package dev.callflow.conference.room;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.LegEvent;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A caller who asks to join, after the PIN: what the room needs to know to decide.
 *
 * @param call the call
 * @param number the caller's number; empty if withheld
 * @param moderator whether the caller is a moderator
 * @param exempt whether the caller uses no seat and passes a lock
 * @param ghost whether the caller is not counted, and so uses no seat
 * @param rules what the conference's document says about the room
 * @param listener passes a later decision to the call's own thread; false if the call has ended
 */
public record JoinRequest(
    CallId call,
    String number,
    boolean moderator,
    boolean exempt,
    boolean ghost,
    Rules rules,
    Predicate<LegEvent.Signal> listener) {

  /** Takes the number in the spelling in which numbers are compared. */
  public JoinRequest {
    number = CallerNumber.spelling(number);
  }

  /** Tells whether the caller counts against the limit. */
  boolean counted() {
    return !exempt && !ghost;
  }

  /**
   * The rules of a room.
   *
   * @param seats how many there are; empty for no limit
   * @param onDuplicate what happens to a caller who is in already
   * @param waitForModerator whether members wait outside while no moderator is in
   * @param requireModerator whether the room ends without a moderator
   * @param grace how long after the last one has left
   * @param recordFrom how many must be in for it to be recorded by itself; empty for never
   */
  public record Rules(
      OptionalInt seats,
      OnDuplicate onDuplicate,
      boolean waitForModerator,
      boolean requireModerator,
      Duration grace,
      OptionalInt recordFrom) {}

  /** What happens to a caller who is in already. */
  public enum OnDuplicate {
    /** Nothing. */
    ALLOW,
    /** The older call is put out. */
    REPLACE,
    /** The newer call is refused. */
    REFUSE
  }
}
