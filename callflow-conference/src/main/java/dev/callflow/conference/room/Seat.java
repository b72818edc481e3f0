package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;
import org.jspecify.annotations.Nullable;

/** A place in a room, from before the join until the caller is out; owned by the room's thread. */
final class Seat {

  final CallId call;
  final String number;
  final boolean moderator;
  boolean counted;
  boolean entered;
  @Nullable Departure departure;

  Seat(CallId call, String number, boolean moderator, boolean counted) {
    this.call = call;
    this.number = number;
    this.moderator = moderator;
    this.counted = counted;
  }
}
