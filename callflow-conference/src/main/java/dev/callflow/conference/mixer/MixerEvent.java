package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.util.Optional;
import java.util.Set;

/** What happened in the mixer, in the order in which it told it. */
public sealed interface MixerEvent {

  /** An event of one instance of one room. */
  sealed interface InRoom extends MixerEvent permits OfRoom, OfMember {

    /**
     * Returns the room.
     *
     * @return the room
     */
    RoomId room();

    /**
     * Returns which instance of the room is meant: an old and a new room of one name can be alive
     * together.
     *
     * @return the mixer's id for it (FreeSWITCH: Conference-Unique-ID)
     */
    String instance();
  }

  /** An event of a room as a whole. */
  sealed interface OfRoom extends InRoom {}

  /** An event of one member. */
  sealed interface OfMember extends InRoom {

    /**
     * Returns the member.
     *
     * @return the member as it is after the event, or was last
     */
    Member member();
  }

  /**
   * The room exists.
   *
   * @param room the room
   * @param instance the room's instance
   */
  record Created(RoomId room, String instance) implements OfRoom {}

  /**
   * The room is gone.
   *
   * @param room the room
   * @param instance the room's instance
   */
  record Destroyed(RoomId room, String instance) implements OfRoom {}

  /**
   * A member is in.
   *
   * @param room the room
   * @param instance the room's instance
   * @param member the member
   */
  record Added(RoomId room, String instance, Member member) implements OfMember {}

  /**
   * A member is out.
   *
   * @param room the room
   * @param instance the room's instance
   * @param member the member as it was last
   */
  record Removed(RoomId room, String instance, Member member) implements OfMember {}

  /**
   * Something about a member has changed, or was set once more.
   *
   * @param room the room
   * @param instance the room's instance
   * @param what what was set
   * @param member the member as it is now
   */
  record Changed(RoomId room, String instance, Change what, Member member) implements OfMember {}

  /** What was set about a member. */
  enum Change {
    /** Is not heard any more. */
    MUTED,
    /** Is heard again. */
    UNMUTED,
    /** Does not hear any more. */
    DEAFENED,
    /** Hears again. */
    UNDEAFENED,
    /** Began to talk. */
    TALKING,
    /** Stopped talking. */
    SILENT,
    /** Is being put out. */
    KICKED,
    /** Has to be louder or less loud to be heard. */
    ENERGY,
    /** Is heard louder or less loud. */
    TALK_VOLUME,
    /** Hears louder or less loud. */
    LISTEN_VOLUME,
    /** Something without a meaning here. */
    OTHER
  }

  /**
   * The floor went to somebody else.
   *
   * @param room the room
   * @param instance the room's instance
   * @param holder who has it now; empty id for nobody
   */
  record FloorChanged(RoomId room, String instance, Optional<CallId> holder) implements OfRoom {}

  /**
   * The room was locked or unlocked.
   *
   * @param room the room
   * @param instance the room's instance
   * @param on whether it is locked now
   */
  record Locked(RoomId room, String instance, boolean on) implements OfRoom {}

  /**
   * Something began to play to everybody.
   *
   * @param room the room
   * @param instance the room's instance
   * @param media its text
   */
  record PlayStarted(RoomId room, String instance, String media) implements OfRoom {}

  /**
   * Something that was played to everybody has ended.
   *
   * @param room the room
   * @param instance the room's instance
   * @param media its text
   */
  record PlayEnded(RoomId room, String instance, String media) implements OfRoom {}

  /**
   * A recording has begun, or could not.
   *
   * @param room the room
   * @param instance the room's instance
   * @param path the file
   * @param failed whether it could not be opened
   */
  record RecordingStarted(RoomId room, String instance, String path, boolean failed)
      implements OfRoom {}

  /**
   * A recording has ended.
   *
   * @param room the room
   * @param instance the room's instance
   * @param path the file
   * @param millis how long it is
   * @param bytes how large it is; 0 if unknown
   */
  record RecordingStopped(RoomId room, String instance, String path, long millis, long bytes)
      implements OfRoom {}

  /**
   * The mixer's process is a new one: every room it had is gone.
   *
   * @param rooms which rooms that were, if it is one of several mixers; empty for all
   */
  record Restarted(Optional<Set<RoomId>> rooms) implements MixerEvent {

    /** Every room is gone. */
    public Restarted() {
      this(Optional.empty());
    }
  }

  /** The link to the mixer is lost; nothing is known until {@link LinkRestored}. */
  record LinkLost() implements MixerEvent {}

  /** The link is back; rooms have to be compared with snapshots. */
  record LinkRestored() implements MixerEvent {}
}
