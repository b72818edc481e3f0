package dev.callflow.conference.room;

import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.RepairCause;

/** What happens in a room, in order, each event once. */
public sealed interface RoomEvent {

  /**
   * Returns the room.
   *
   * @return the room
   */
  RoomId room();

  /**
   * Something new that the mixer has reported.
   *
   * @param event what
   * @param version the room's version after it
   */
  record Happened(MixerEvent.InRoom event, long version) implements RoomEvent {
    @Override
    public RoomId room() {
      return event.room();
    }
  }

  /**
   * Something that the mixer has not reported, found by comparing with it.
   *
   * @param event what must have happened
   * @param cause what was missed
   * @param version the room's version after it
   */
  record Repaired(MixerEvent.InRoom event, RepairCause cause, long version) implements RoomEvent {
    @Override
    public RoomId room() {
      return event.room();
    }
  }

  /**
   * The mixer's process has ended, and with it everything that it had: it cannot report that
   * itself.
   *
   * @param event what must have happened
   * @param version the room's version after it
   */
  record Lost(MixerEvent.InRoom event, long version) implements RoomEvent {
    @Override
    public RoomId room() {
      return event.room();
    }
  }

  /**
   * Something that the mixer does not know of.
   *
   * @param room the room
   * @param note what
   * @param instance the room's present instance; empty if it does not run
   * @param version the room's version after it
   */
  record Noted(RoomId room, Notice note, String instance, long version) implements RoomEvent {}
}
