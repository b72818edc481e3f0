package dev.callflow.conference.mixer;

import dev.callflow.core.call.LegEvent;

/** A signal from the mixer to the thread that controls a leg, delivered with the leg's events. */
public sealed interface RoomSignal extends LegEvent.Signal {

  /**
   * The leg has entered the room.
   *
   * @param room the room
   * @param instance the id of the room's current instance; every instance has a different id
   * @param member the member id
   */
  record Entered(RoomId room, String instance, int member) implements RoomSignal {}

  /**
   * The leg has left the mixer and can be used again. Sent once for each call of {@link
   * Mixer#enter}, even if the leg never entered the room. If the leg ends first, only its hangup
   * event is delivered.
   *
   * @param room the room
   * @param entered whether the leg had entered the room
   */
  record Left(RoomId room, boolean entered) implements RoomSignal {}
}
