package dev.callflow.conference.room;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.LegEvent;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A caller at the door, after his PIN: what the room needs to know to let him in.
 *
 * @param call the call
 * @param number the caller's number; empty if withheld
 * @param moderator whether he is a moderator
 * @param exempt whether he uses no seat and passes a lock
 * @param ghost whether he is not counted, and so uses no seat
 * @param rules what his conference's document says about the room
 * @param tell tells the call's own thread something; false if that is not possible any more
 */
public record JoinRequest(
    CallId call,
    String number,
    boolean moderator,
    boolean exempt,
    boolean ghost,
    Rules rules,
    Predicate<LegEvent.Signal> tell) {

  /** Takes the number in the spelling in which numbers are compared. */
  public JoinRequest {
    number = CallerNumber.spelling(number);
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
