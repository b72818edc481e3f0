package dev.callflow.conference.room;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.core.call.CallId;
import org.jspecify.annotations.Nullable;

/**
 * A place in a room, from before the join (or before it rings, for those who are dialled) until the
 * caller is out; owned by the room's thread.
 */
final class Seat {

  final CallId call;
  final String number;
  final boolean moderator;
  final boolean ghost;
  final boolean dialled;
  boolean counted;
  boolean entered;
  @Nullable LeaveReason departure;

  /** Where he goes if he is moved. */
  @Nullable Move next;

  Seat(CallId call, String number, boolean moderator, boolean counted) {
    this(call, number, moderator, counted, false, false);
  }

  Seat(
      CallId call,
      String number,
      boolean moderator,
      boolean counted,
      boolean ghost,
      boolean dialled) {
    this.call = call;
    this.number = CallerNumber.spelling(number);
    this.moderator = moderator;
    this.counted = counted;
    this.ghost = ghost;
    this.dialled = dialled;
  }
}
