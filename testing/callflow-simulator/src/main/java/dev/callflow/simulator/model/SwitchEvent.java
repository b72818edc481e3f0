package dev.callflow.simulator.model;

import dev.callflow.core.call.EndedBy;
import java.time.Duration;
import java.util.Optional;

/** What happens in the switch, in the order in which it happens. */
public sealed interface SwitchEvent {

  /** Something about one channel. */
  sealed interface OfChannel extends SwitchEvent {

    /**
     * Returns the channel.
     *
     * @return the channel, right after what happened
     */
    ChannelState channel();
  }

  /** Something about one room. */
  sealed interface OfRoom extends SwitchEvent {

    /**
     * Returns the room.
     *
     * @return the room, right after what happened
     */
    SimRoomState room();
  }

  /** Something about one member of a room. */
  sealed interface OfMember extends OfRoom {

    /**
     * Returns the member.
     *
     * @return the member, right after what happened
     */
    MemberState member();
  }

  /**
   * A channel exists (CHANNEL_CREATE).
   *
   * @param channel the channel
   */
  record Arrived(ChannelState channel) implements OfChannel {}

  /**
   * A dialled channel rings (CHANNEL_PROGRESS).
   *
   * @param channel the channel
   */
  record Rings(ChannelState channel) implements OfChannel {}

  /**
   * A channel is answered (CHANNEL_ANSWER).
   *
   * @param channel the channel
   */
  record Answered(ChannelState channel) implements OfChannel {}

  /**
   * An application has started (CHANNEL_EXECUTE).
   *
   * @param channel the channel
   * @param execution the application
   */
  record ExecutionStarted(ChannelState channel, Execution execution) implements OfChannel {}

  /**
   * An application has ended (CHANNEL_EXECUTE_COMPLETE).
   *
   * @param channel the channel
   * @param execution the application
   * @param response what it answered: {@code FILE PLAYED}, {@code FILE NOT FOUND}, {@code PLAYBACK
   *     ERROR}; {@code _none_} of all that do not play
   */
  record ExecutionEnded(ChannelState channel, Execution execution, String response)
      implements OfChannel {}

  /**
   * Something began to play to a channel (PLAYBACK_START).
   *
   * @param channel the channel
   * @param execution the application that plays
   * @param file what it plays
   */
  record PlaybackStarted(ChannelState channel, Execution execution, String file)
      implements OfChannel {}

  /**
   * Something that played to a channel has ended (PLAYBACK_STOP).
   *
   * @param channel the channel
   * @param execution the application that plays
   * @param file what it played
   * @param broken whether a key or a command ended it
   */
  record PlaybackEnded(ChannelState channel, Execution execution, String file, boolean broken)
      implements OfChannel {}

  /**
   * The far end has pressed a key (DTMF).
   *
   * @param channel the channel
   * @param key one of {@code 0-9 * # A-D}
   */
  record KeyPressed(ChannelState channel, char key) implements OfChannel {

    /** Hides the key: it may be part of a PIN. */
    @Override
    public String toString() {
      return "KeyPressed[channel=" + channel.uuid() + ", key=*]";
    }
  }

  /**
   * A recording of a channel's voice has begun (RECORD_START).
   *
   * @param channel the channel
   * @param execution the application that records
   * @param path the file
   */
  record RecordStarted(ChannelState channel, Execution execution, String path)
      implements OfChannel {}

  /**
   * A recording of a channel's voice has ended (RECORD_STOP).
   *
   * @param channel the channel
   * @param execution the application that records
   * @param path the file
   * @param length how long it is
   * @param voice whether the far end talked meanwhile
   */
  record RecordEnded(
      ChannelState channel, Execution execution, String path, Duration length, boolean voice)
      implements OfChannel {}

  /**
   * A channel was sent to another extension; nothing is executed on it any more.
   *
   * @param channel the channel, with its new destination
   * @param number the extension
   */
  record Transferred(ChannelState channel, String number) implements OfChannel {}

  /**
   * A channel has ended (CHANNEL_HANGUP); what it executed ends now.
   *
   * @param channel the channel, with the cause
   * @param by who ended it
   */
  record HungUp(ChannelState channel, EndedBy by) implements OfChannel {}

  /**
   * A channel is gone (CHANNEL_HANGUP_COMPLETE). Always its last event.
   *
   * @param channel the channel
   * @param by who ended it
   */
  record Gone(ChannelState channel, EndedBy by) implements OfChannel {}

  /**
   * A channel was not let into a room; FreeSWITCH has an event for {@link Refusal#NO_ROOM} only.
   *
   * @param channel the channel
   * @param execution the application
   * @param room the room's name
   * @param profile the profile with which it was asked for
   * @param why why not
   */
  record JoinRefused(
      ChannelState channel, Execution execution, String room, String profile, Refusal why)
      implements OfChannel {}

  /** Why a room does not let a channel in. */
  enum Refusal {
    /** It is locked. */
    LOCKED,
    /** It has as many members as it may. */
    FULL,
    /** The mixer itself asks for a PIN, and got none that it knows. */
    PIN,
    /** It does not exist, and must for this channel (rejected-join-only). */
    NO_ROOM,
    /** The switch was told to fail. */
    FAULT
  }

  /**
   * A room exists (conference-create).
   *
   * @param room the room, still empty
   */
  record RoomCreated(SimRoomState room) implements OfRoom {}

  /**
   * A room is gone (conference-destroy).
   *
   * @param room the room
   */
  record RoomDestroyed(SimRoomState room) implements OfRoom {}

  /**
   * A member is in (add-member).
   *
   * @param room the room
   * @param member the member
   */
  record MemberAdded(SimRoomState room, MemberState member) implements OfMember {}

  /**
   * A member is out (del-member).
   *
   * @param room the room, without the member
   * @param member the member as it was last
   */
  record MemberRemoved(SimRoomState room, MemberState member) implements OfMember {}

  /**
   * Something about a member was set, changed or not.
   *
   * @param room the room
   * @param member the member
   * @param what what was set
   */
  record MemberChanged(SimRoomState room, MemberState member, MemberChange what)
      implements OfMember {}

  /** What was set about a member. */
  enum MemberChange {
    /** mute-member. */
    MUTED,
    /** unmute-member. */
    UNMUTED,
    /** deaf-member. */
    DEAFENED,
    /** undeaf-member. */
    UNDEAFENED,
    /** vmute-member. */
    VIDEO_MUTED,
    /** unvmute-member. */
    VIDEO_UNMUTED,
    /** start-talking. */
    TALKING,
    /** stop-talking. */
    SILENT,
    /** kick-member. */
    KICKED,
    /** hup-member. */
    HUNG_UP,
    /** hold-member. */
    HELD,
    /** unhold-member. */
    UNHELD,
    /** energy-level-member. */
    ENERGY,
    /** volume-in-member. */
    VOLUME_IN,
    /** volume-out-member. */
    VOLUME_OUT,
    /** agc-level-member. */
    GAIN_CONTROL,
    /** energy-level: by the member's keys. */
    ENERGY_BY_KEY,
    /** gain-level: by the member's keys. */
    VOLUME_IN_BY_KEY,
    /** volume-level: by the member's keys. */
    VOLUME_OUT_BY_KEY
  }

  /**
   * A member has pressed keys that are to be told (dtmf), or is sent keys (dtmf-member).
   *
   * @param room the room
   * @param member the member
   * @param keys the keys
   * @param sent whether they are sent to the member
   */
  record MemberKeys(SimRoomState room, MemberState member, String keys, boolean sent)
      implements OfMember {

    /** Hides the keys: they may be part of a PIN. */
    @Override
    public String toString() {
      return "MemberKeys[member=" + member.channel().uuid() + ", keys=*]";
    }
  }

  /**
   * The floor went to somebody else, or to nobody (floor-change).
   *
   * @param room the room
   * @param before the number of the member that had it; 0 for none
   * @param holder the member that has it; empty for nobody
   */
  record FloorChanged(SimRoomState room, int before, Optional<MemberState> holder)
      implements OfRoom {}

  /**
   * A room was locked or unlocked, changed or not (lock, unlock).
   *
   * @param room the room
   * @param on whether it is locked now
   */
  record LockSet(SimRoomState room, boolean on) implements OfRoom {}

  /**
   * What a room hears of who comes and goes was set.
   *
   * @param room the room
   * @param what the event's action: {@code enter-sounds-on}, {@code enter-sound-file-changed} and
   *     so on
   */
  record SoundSet(SimRoomState room, String what) implements OfRoom {}

  /**
   * A member is sent to another room (transfer).
   *
   * @param room the room
   * @param member the member
   * @param to the other room's name
   */
  record MemberMoved(SimRoomState room, MemberState member, String to) implements OfMember {}

  /**
   * Something was put into the queue of what the whole room hears (play-file if by command; enter
   * and exit sounds have no event of their own).
   *
   * @param room the room
   * @param file what is played
   * @param why what caused it
   */
  record RoomPlayQueued(SimRoomState room, String file, RoomSound why) implements OfRoom {}

  /**
   * Something for the whole room could not be played (play-file with Error).
   *
   * @param room the room
   * @param file what could not be played
   * @param why what caused it
   */
  record RoomPlayFailed(SimRoomState room, String file, RoomSound why) implements OfRoom {}

  /**
   * Something that the whole room heard, or was to hear, has ended (play-file-done).
   *
   * @param room the room
   * @param file what was played
   * @param played how much of it
   * @param why what caused it
   */
  record RoomPlayEnded(SimRoomState room, String file, Duration played, RoomSound why)
      implements OfRoom {}

  /** Why a room hears something. */
  enum RoomSound {
    /** A member came in. */
    ENTER,
    /** A member left. */
    EXIT,
    /** A member left that has a sound of its own. */
    OWN_EXIT,
    /** The mixer tells something. */
    PROMPT,
    /** It was commanded. */
    COMMAND,
    /** It was commanded, beside what is heard otherwise. */
    ASIDE
  }

  /**
   * Something began to play to one member (play-file-member).
   *
   * @param room the room
   * @param member the member
   * @param file what is played
   */
  record MemberPlayStarted(SimRoomState room, MemberState member, String file)
      implements OfMember {}

  /**
   * Something that played to one member has ended (play-file-member-done).
   *
   * @param room the room
   * @param member the member
   * @param file what was played
   * @param played how much of it
   */
  record MemberPlayEnded(SimRoomState room, MemberState member, String file, Duration played)
      implements OfMember {}

  /**
   * A recording of a room has begun, or could not (start-recording).
   *
   * @param room the room
   * @param path the file
   * @param failed whether it could not be opened
   */
  record RoomRecordingStarted(SimRoomState room, String path, boolean failed) implements OfRoom {}

  /**
   * A recording of a room was paused, or goes on (pause-recording, resume-recording).
   *
   * @param room the room
   * @param path the file
   * @param on whether it is paused now
   */
  record RoomRecordingPaused(SimRoomState room, String path, boolean on) implements OfRoom {}

  /**
   * A recording of a room has ended (stop-recording).
   *
   * @param room the room
   * @param path the file
   * @param length how long it is
   */
  record RoomRecordingStopped(SimRoomState room, String path, Duration length) implements OfRoom {}
}
