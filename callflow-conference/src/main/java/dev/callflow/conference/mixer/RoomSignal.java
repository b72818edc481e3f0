package dev.callflow.conference.mixer;

import dev.callflow.core.call.LegEvent;

/** What the mixer's port tells a leg's own thread, through the leg's events. */
public sealed interface RoomSignal extends LegEvent.Signal {

  /**
   * The leg is in the room.
   *
   * @param room the room
   * @param instance the room's present life, new each time it is created
   * @param member the mixer's transient number for the member
   */
  record Entered(RoomId room, String instance, int member) implements RoomSignal {}

  /**
   * The leg is out of the mixer and can be used again; also sent if it never got in. Comes once for
   * each {@link Mixer#enter}, unless the leg is gone before: then only its hang-up comes.
   *
   * @param room the room
   * @param entered whether it had been in
   */
  record Left(RoomId room, boolean entered) implements RoomSignal {}
}
