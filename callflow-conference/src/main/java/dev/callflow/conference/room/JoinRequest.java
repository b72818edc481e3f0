package dev.callflow.conference.room;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.LegEvent;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A caller's request to join a room, with everything that the room needs to decide. If a PIN is
 * required, the caller has already entered it correctly.
 *
 * @param call the call
 * @param number the caller number; empty if withheld
 * @param moderator whether the caller is a moderator
 * @param exempt whether the caller needs no seat and can enter a locked room
 * @param ghost whether the caller is not counted, and therefore needs no seat
 * @param rules the rules of the conference's document
 * @param listener passes a later decision to the call's thread; returns false if the call has ended
 */
public record JoinRequest(
    CallId call,
    String number,
    boolean moderator,
    boolean exempt,
    boolean ghost,
    Rules rules,
    Predicate<LegEvent.Signal> listener) {

  /** Normalises the number, so that numbers can be compared. */
  public JoinRequest {
    number = CallerNumber.spelling(number);
  }

  /** Returns whether the caller counts against the limit. */
  boolean counted() {
    return !exempt && !ghost;
  }

  /**
   * The rules of a room.
   *
   * @param seats the maximum number of participants; empty for no limit
   * @param onDuplicate what to do if the caller's number is already in the room
   * @param waitForModerator whether regular participants wait until a moderator joins
   * @param requireModerator whether the room admits regular participants only while it has a
   *     moderator, and ends when the last moderator has left
   * @param grace how long the room continues after its last moderator has left
   * @param recordFrom the number of participants at which recording starts automatically; empty for
   *     never
   */
  public record Rules(
      OptionalInt seats,
      OnDuplicate onDuplicate,
      boolean waitForModerator,
      boolean requireModerator,
      Duration grace,
      OptionalInt recordFrom) {}

  /** What to do if the caller's number is already in the room. */
  public enum OnDuplicate {
    /** Both calls are allowed. */
    ALLOW,
    /** The older call is kicked. */
    REPLACE,
    /** The newer call is refused. */
    REFUSE
  }
}
