package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.util.Optional;
import java.util.Set;

/** An event of the mixer. Events arrive in the order in which the mixer sent them. */
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
     * Returns the instance of the room. An old and a new room with the same name can exist at the
     * same time.
     *
     * @return the mixer's id of the instance (FreeSWITCH: Conference-Unique-ID)
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
     * @return the member after the event; for a removed member, their last state
     */
    Member member();
  }

  /**
   * The room was created.
   *
   * @param room the room
   * @param instance the room's instance
   */
  record Created(RoomId room, String instance) implements OfRoom {}

  /**
   * The room was destroyed.
   *
   * @param room the room
   * @param instance the room's instance
   */
  record Destroyed(RoomId room, String instance) implements OfRoom {}

  /**
   * A member joined.
   *
   * @param room the room
   * @param instance the room's instance
   * @param member the member
   */
  record Added(RoomId room, String instance, Member member) implements OfMember {}

  /**
   * A member left.
   *
   * @param room the room
   * @param instance the room's instance
   * @param member the member's last state
   */
  record Removed(RoomId room, String instance, Member member) implements OfMember {}

  /**
   * A property of a member was set; the value may be the same as before.
   *
   * @param room the room
   * @param instance the room's instance
   * @param what the kind of change
   * @param member the member after the change
   */
  record Changed(RoomId room, String instance, Change what, Member member) implements OfMember {}

  /** A kind of change to a member. */
  enum Change {
    /** The member was muted. */
    MUTED,
    /** The member was unmuted. */
    UNMUTED,
    /** The member was deafened. */
    DEAFENED,
    /** The member was undeafened. */
    UNDEAFENED,
    /** The member started to talk. */
    TALKING,
    /** The member stopped talking. */
    SILENT,
    /** The member is being kicked. */
    KICKED,
    /** The energy level above which the member is heard was set. */
    ENERGY,
    /** The volume at which others hear the member was set. */
    TALK_VOLUME,
    /** The volume at which the member hears the others was set. */
    LISTEN_VOLUME,
    /** A change that Callflow does not use. */
    OTHER
  }

  /**
   * The floor passed to another member.
   *
   * @param room the room
   * @param instance the room's instance
   * @param holder the member who has the floor now; empty if no member has it
   */
  record FloorChanged(RoomId room, String instance, Optional<CallId> holder) implements OfRoom {}

  /**
   * The room was locked or unlocked.
   *
   * @param room the room
   * @param instance the room's instance
   * @param on whether the room is locked now
   */
  record Locked(RoomId room, String instance, boolean on) implements OfRoom {}

  /**
   * Media started playing to all members.
   *
   * @param room the room
   * @param instance the room's instance
   * @param media the media, as the mixer names them
   */
  record PlayStarted(RoomId room, String instance, String media) implements OfRoom {}

  /**
   * Media that were playing to all members ended.
   *
   * @param room the room
   * @param instance the room's instance
   * @param media the media, as the mixer names them
   */
  record PlayEnded(RoomId room, String instance, String media) implements OfRoom {}

  /**
   * A recording started, or failed to start.
   *
   * @param room the room
   * @param instance the room's instance
   * @param path the path of the file
   * @param failed whether the file could not be opened
   */
  record RecordingStarted(RoomId room, String instance, String path, boolean failed)
      implements OfRoom {}

  /**
   * A recording ended.
   *
   * @param room the room
   * @param instance the room's instance
   * @param path the path of the file
   * @param millis the duration in milliseconds
   * @param bytes the size of the file; 0 if unknown
   */
  record RecordingStopped(RoomId room, String instance, String path, long millis, long bytes)
      implements OfRoom {}

  /**
   * The mixer's process was restarted, and its rooms are gone.
   *
   * @param rooms the rooms that are gone, if it was one of several mixers; empty if all rooms are
   *     gone
   */
  record Restarted(Optional<Set<RoomId>> rooms) implements MixerEvent {

    /** Creates the event for a single mixer: all rooms are gone. */
    public Restarted() {
      this(Optional.empty());
    }
  }

  /**
   * The link to the mixer is down; the state of the rooms is unknown until {@link LinkRestored}.
   *
   * @param rooms the rooms whose state is unknown, if it was one of several mixers; empty if the
   *     state of all rooms is unknown
   */
  record LinkLost(Optional<Set<RoomId>> rooms) implements MixerEvent {

    /** Creates the event for a single mixer: the state of all rooms is unknown. */
    public LinkLost() {
      this(Optional.empty());
    }
  }

  /**
   * The link to the mixer has been restored; the known state of the rooms must be compared with
   * snapshots.
   *
   * @param rooms the rooms that can be controlled again, if it was one of several mixers; empty if
   *     all rooms can
   */
  record LinkRestored(Optional<Set<RoomId>> rooms) implements MixerEvent {

    /** Creates the event for a single mixer: all rooms can be controlled again. */
    public LinkRestored() {
      this(Optional.empty());
    }
  }
}
