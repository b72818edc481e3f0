package dev.callflow.conference.visit;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.Call;

/**
 * A participant in a room.
 *
 * @param guest the participant
 * @param seat their seat
 * @param keysPressed the keys they pressed while joining the room
 */
public record Presence(Guest guest, SeatLease seat, String keysPressed) {

  public Call call() {
    return guest.call();
  }

  public RoomId room() {
    return guest.room();
  }
}
