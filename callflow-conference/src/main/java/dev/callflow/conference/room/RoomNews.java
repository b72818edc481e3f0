package dev.callflow.conference.room;

/** What a room tells those who watch it, in order, each once. */
public sealed interface RoomNews {

  /**
   * Returns the room.
   *
   * @return the room
   */
  RoomId room();

  /**
   * Something that the mixer has told and that is new.
   *
   * @param event what
   * @param version the room's version after it
   */
  record Happened(MixerEvent.InRoom event, long version) implements RoomNews {
    @Override
    public RoomId room() {
      return event.room();
    }
  }

  /**
   * Something that the mixer has not told, found by comparing with it.
   *
   * @param event what must have happened
   * @param cause what was missed
   * @param version the room's version after it
   */
  record Repaired(MixerEvent.InRoom event, Cause cause, long version) implements RoomNews {
    @Override
    public RoomId room() {
      return event.room();
    }
  }

  /** What had been missed. */
  enum Cause {
    /** Somebody who was shown was gone. */
    GHOST,
    /** Somebody who was in was not shown. */
    MISSED_JOIN,
    /** Somebody was shown with wrong flags, or the room itself. */
    MISSED_FLAG
  }
}
