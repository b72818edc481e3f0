package dev.callflow.conference.mixer;

import dev.callflow.core.call.LegEvent;

/** A signal from the mixer's port to the thread of a leg, delivered among the leg's events. */
public sealed interface RoomSignal extends LegEvent.Signal {

  /**
   * The leg has entered the room.
   *
   * @param room the room
   * @param instance the id of the room's current instance; each instance has a new one
   * @param member the member id
   */
  record Entered(RoomId room, String instance, int member) implements RoomSignal {}

  /**
   * The leg has left the mixer and can be used again. Also sent if it never entered. Sent once for
   * each {@link Mixer#enter}, unless the leg ends first: then the leg receives only its hang-up.
   *
   * @param room the room
   * @param entered whether the leg had entered
   */
  record Left(RoomId room, boolean entered) implements RoomSignal {}
}
