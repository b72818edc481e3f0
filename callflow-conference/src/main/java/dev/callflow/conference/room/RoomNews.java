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

  /**
   * The mixer's process has ended, and with it everything that it had: it will not tell so itself.
   *
   * @param event what must have happened
   * @param version the room's version after it
   */
  record Lost(MixerEvent.InRoom event, long version) implements RoomNews {
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
   * @param instance the room's present life; empty if it does not run
   * @param version the room's version after it
   */
  record Noted(RoomId room, Note note, String instance, long version) implements RoomNews {}

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
