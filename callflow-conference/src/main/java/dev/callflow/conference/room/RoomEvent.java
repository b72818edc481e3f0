package dev.callflow.conference.room;

import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import java.util.Optional;

/** An event of a room. Each event is delivered once and in order. */
public sealed interface RoomEvent {

  /**
   * Returns the room.
   *
   * @return the room
   */
  RoomId room();

  /**
   * An event that the mixer sent.
   *
   * @param event the event
   * @param departure why a removed member has left; empty if they have left by themselves, and for
   *     other events
   * @param version the room's version after the event
   */
  record Happened(MixerEvent.InRoom event, Optional<LeaveReason> departure, long version)
      implements RoomEvent {
    @Override
    public RoomId room() {
      return event.room();
    }
  }

  /**
   * An event that was missed and has been found by a comparison with the mixer's snapshot.
   *
   * @param event the missed event
   * @param cause the kind of event that was missed
   * @param version the room's version after the event
   */
  record Repaired(MixerEvent.InRoom event, RepairCause cause, long version) implements RoomEvent {
    @Override
    public RoomId room() {
      return event.room();
    }
  }

  /**
   * An event that the mixer could not send because its process ended or cannot be reached.
   *
   * @param event the event
   * @param loss why the mixer could not send it
   * @param version the room's version after the event
   */
  record Lost(MixerEvent.InRoom event, MixerLoss loss, long version) implements RoomEvent {
    @Override
    public RoomId room() {
      return event.room();
    }
  }

  /**
   * An event that does not come from the mixer.
   *
   * @param room the room
   * @param note the notice
   * @param instance the room's current instance; empty if the room is not running
   * @param version the room's version after the event
   */
  record Noted(RoomId room, Notice note, String instance, long version) implements RoomEvent {}
}
