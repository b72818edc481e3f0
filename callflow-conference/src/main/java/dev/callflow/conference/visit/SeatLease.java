package dev.callflow.conference.visit;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Move;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import java.util.Optional;
import java.util.function.Function;

/**
 * A participant's seat in a room, or their place among the callers waiting for one, until it is
 * released. Used by the participant's thread only.
 */
public final class SeatLease {

  private final Rooms rooms;
  private final RoomId room;
  private final CallId call;
  private boolean movedOn;

  private SeatLease(Rooms rooms, RoomId room, CallId call) {
    this.rooms = rooms;
    this.room = room;
    this.call = call;
  }

  /**
   * Holds a seat that has been or is about to be requested from the room. Closing {@code held}
   * releases the seat.
   */
  public static SeatLease hold(Rooms rooms, RoomId room, CallId call, Held held) {
    SeatLease seat = new SeatLease(rooms, room, call);
    held.add(seat::giveBack);
    return seat;
  }

  /** Returns the move that an operator has started; empty if the participant is not being moved. */
  public Optional<Move> move() {
    return rooms.ask(room, state -> state.next(call)).flatMap(Function.identity());
  }

  /** Holds the seat that was reserved in the next room when the move began. */
  public SeatLease moveOn(RoomId to, Held held) {
    movedOn = true;
    return hold(rooms, to, call, held);
  }

  /**
   * Releases the seat. Also releases the seat reserved in the next room, unless the participant has
   * moved there.
   */
  private void giveBack() {
    boolean followed = movedOn;
    rooms.tellAlways(
        room,
        state -> {
          if (!followed) {
            state
                .next(call)
                .map(Move::to)
                .ifPresent(
                    to -> state.outside(() -> rooms.tellAlways(to, there -> there.leave(call))));
          }
          state.leave(call);
        });
  }
}
