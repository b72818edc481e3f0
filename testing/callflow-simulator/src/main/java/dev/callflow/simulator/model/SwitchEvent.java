package dev.callflow.simulator.model;

import dev.callflow.core.call.EndedBy;
import java.time.Duration;
import java.util.Optional;

/** An event of the switch. Events are delivered in the order in which they happen. */
public sealed interface SwitchEvent {

  /** An event about one channel. */
  sealed interface OfChannel extends SwitchEvent {

    /**
     * Returns the channel.
     *
     * @return the channel right after the event
     */
    ChannelState channel();
  }

  /** An event about one room. */
  sealed interface OfRoom extends SwitchEvent {

    /**
     * Returns the room.
     *
     * @return the room right after the event
     */
    SimRoomState room();
  }

  /** An event about one member of a room. */
  sealed interface OfMember extends OfRoom {

    /**
     * Returns the member.
     *
     * @return the member right after the event
     */
    MemberState member();
  }

  /**
   * A channel was created (CHANNEL_CREATE).
   *
   * @param channel the channel
   */
  record Arrived(ChannelState channel) implements OfChannel {}

  /**
   * A channel has signalled ringing (CHANNEL_PROGRESS).
   *
   * @param channel the channel
   */
  record Rings(ChannelState channel) implements OfChannel {}

  /**
   * The far end of an unanswered channel hears early media (CHANNEL_PROGRESS_MEDIA).
   *
   * @param channel the channel
   */
  record EarlyMedia(ChannelState channel) implements OfChannel {}

  /**
   * A channel was answered (CHANNEL_ANSWER).
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
   * @param response the application's response: {@code FILE PLAYED}, {@code FILE NOT FOUND} or
   *     {@code PLAYBACK ERROR}; {@code _none_} from applications that do not play
   */
  record ExecutionEnded(ChannelState channel, Execution execution, String response)
      implements OfChannel {}

  /**
   * A playback to a channel has started (PLAYBACK_START).
   *
   * @param channel the channel
   * @param execution the application that plays the file
   * @param file the file
   */
  record PlaybackStarted(ChannelState channel, Execution execution, String file)
      implements OfChannel {}

  /**
   * A playback to a channel has ended (PLAYBACK_STOP).
   *
   * @param channel the channel
   * @param execution the application that plays the file
   * @param file the file
   * @param broken whether a key or a command stopped the playback
   */
  record PlaybackEnded(ChannelState channel, Execution execution, String file, boolean broken)
      implements OfChannel {}

  /**
   * A key was pressed at the far end (DTMF).
   *
   * @param channel the channel
   * @param key one of {@code 0-9 * # A-D}
   * @param length how long the key was pressed
   * @param source where the key came from
   */
  record KeyPressed(ChannelState channel, char key, Duration length, KeySource source)
      implements OfChannel {

    /** Hides the key: it may be part of a PIN. */
    @Override
    public String toString() {
      return "KeyPressed[channel=" + channel.uuid() + ", key=*]";
    }
  }

  /** Where a key came from, in FreeSWITCH's words. */
  enum KeySource {
    /** The other half of a loopback call. */
    UNKNOWN,
    /** A command ({@code uuid_recv_dtmf}). */
    APP,
    /** A telephone. */
    RTP
  }

  /**
   * A recording of a channel's voice has started (RECORD_START).
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
   * @param length the length of the recording
   * @param voice whether the far end talked during the recording
   */
  record RecordEnded(
      ChannelState channel, Execution execution, String path, Duration length, boolean voice)
      implements OfChannel {}

  /**
   * A channel was transferred to another extension; all its applications have ended.
   *
   * @param channel the channel, with its new destination
   * @param number the extension, or the list of applications of an inline transfer
   */
  record Transferred(ChannelState channel, String number) implements OfChannel {}

  /**
   * A channel has hung up (CHANNEL_HANGUP); its applications are about to end.
   *
   * @param channel the channel, with the cause
   * @param by the party that ended the call
   */
  record HungUp(ChannelState channel, EndedBy by) implements OfChannel {}

  /**
   * A channel is gone (CHANNEL_HANGUP_COMPLETE). Always the last event of a channel.
   *
   * @param channel the channel
   * @param by the party that ended the call
   */
  record Gone(ChannelState channel, EndedBy by) implements OfChannel {}

  /**
   * A room refused a channel. FreeSWITCH emits an event only for {@link Refusal#NO_ROOM}.
   *
   * @param channel the channel
   * @param execution the application
   * @param room the room's name
   * @param profile the profile named by the application
   * @param why the reason for the refusal
   */
  record JoinRefused(
      ChannelState channel, Execution execution, String room, String profile, Refusal why)
      implements OfChannel {}

  /** The reason why a room refuses a channel. */
  enum Refusal {
    /** The room is locked. */
    LOCKED,
    /** The room is full. */
    FULL,
    /** The mixer asked for a PIN and did not receive a valid one. */
    PIN,
    /** The channel may only join an existing room, but there is none (rejected-join-only). */
    NO_ROOM,
    /** The switch is configured to refuse joins. */
    FAULT
  }

  /**
   * A room was created (conference-create).
   *
   * @param room the room, still empty
   */
  record RoomCreated(SimRoomState room) implements OfRoom {}

  /**
   * A room was destroyed (conference-destroy).
   *
   * @param room the room
   */
  record RoomDestroyed(SimRoomState room) implements OfRoom {}

  /**
   * A member has joined (add-member).
   *
   * @param room the room
   * @param member the member
   */
  record MemberAdded(SimRoomState room, MemberState member) implements OfMember {}

  /**
   * A member has left (del-member).
   *
   * @param room the room, without the member
   * @param member the last state of the member
   */
  record MemberRemoved(SimRoomState room, MemberState member) implements OfMember {}

  /**
   * A property of a member was set, whether or not its value changed.
   *
   * @param room the room
   * @param member the member
   * @param what the kind of change
   */
  record MemberChanged(SimRoomState room, MemberState member, MemberChange what)
      implements OfMember {}

  /** The kind of change to a member. */
  enum MemberChange {
    /** The member was muted (mute-member). */
    MUTED,
    /** The member was unmuted (unmute-member). */
    UNMUTED,
    /** The member was deafened (deaf-member). */
    DEAFENED,
    /** The member was undeafened (undeaf-member). */
    UNDEAFENED,
    /** The member's video was hidden (vmute-member). */
    VIDEO_MUTED,
    /** The member's video was shown (unvmute-member). */
    VIDEO_UNMUTED,
    /** The member started to talk (start-talking). */
    TALKING,
    /** The member stopped talking (stop-talking). */
    SILENT,
    /** The member, who has the flag mute-detect, started to talk while muted (mute-detect). */
    MUTE_DETECTED,
    /** The member was kicked (kick-member). */
    KICKED,
    /** The member was removed by {@code hup} (hup-member). */
    HUNG_UP,
    /** The member was put on hold (hold-member). */
    HELD,
    /** The member was taken off hold (unhold-member). */
    UNHELD,
    /** The energy threshold was set (energy-level-member). */
    ENERGY,
    /** The volume of the member's voice was set (volume-in-member). */
    VOLUME_IN,
    /** The volume at which the member hears the room was set (volume-out-member). */
    VOLUME_OUT,
    /** The automatic gain control was set (agc-level-member). */
    GAIN_CONTROL,
    /** By pressing keys, the member changed their energy threshold (energy-level). */
    ENERGY_BY_KEY,
    /** By pressing keys, the member changed the volume of their voice (gain-level). */
    VOLUME_IN_BY_KEY,
    /**
     * By pressing keys, the member changed the volume at which they hear the room (volume-level).
     */
    VOLUME_OUT_BY_KEY
  }

  /**
   * A member has pressed keys that emit an event (dtmf), or digits were sent to a member
   * (dtmf-member).
   *
   * @param room the room
   * @param member the member
   * @param keys the keys or digits
   * @param sent true if digits were sent to the member, false if the member pressed keys
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
   * The floor went to another member, or became free (floor-change).
   *
   * @param room the room
   * @param before the member number of the previous holder; 0 for none
   * @param holder the new holder; empty for none
   */
  record FloorChanged(SimRoomState room, int before, Optional<MemberState> holder)
      implements OfRoom {}

  /**
   * A room was locked or unlocked, whether or not its state changed (lock, unlock).
   *
   * @param room the room
   * @param on whether the room is locked now
   */
  record LockSet(SimRoomState room, boolean on) implements OfRoom {}

  /**
   * A room's enter or exit sound was replaced, or switched on or off.
   *
   * @param room the room
   * @param what the event's action: {@code enter-sounds-on}, {@code enter-sound-file-changed} and
   *     so on
   */
  record SoundSet(SimRoomState room, String what) implements OfRoom {}

  /**
   * A member is being moved to another room (transfer).
   *
   * @param room the room
   * @param member the member
   * @param to the name of the other room
   */
  record MemberMoved(SimRoomState room, MemberState member, String to) implements OfMember {}

  /**
   * A sound for the whole room was queued, or has started in parallel with the queue. FreeSWITCH
   * emits play-file for sounds that a command requested, and no event for others.
   *
   * @param room the room
   * @param file the file
   * @param why the reason for the sound
   */
  record RoomPlayQueued(SimRoomState room, String file, RoomSound why) implements OfRoom {}

  /**
   * A sound for the whole room could not be played (play-file with Error).
   *
   * @param room the room
   * @param file the file
   * @param why the reason for the sound
   */
  record RoomPlayFailed(SimRoomState room, String file, RoomSound why) implements OfRoom {}

  /**
   * A sound for the whole room has ended or was dropped (play-file-done).
   *
   * @param room the room
   * @param file the file
   * @param played the length of the part that was played
   * @param why the reason for the sound
   */
  record RoomPlayEnded(SimRoomState room, String file, Duration played, RoomSound why)
      implements OfRoom {}

  /** The reason for a sound in a room. */
  enum RoomSound {
    /** A member has joined. */
    ENTER,
    /** A member has left. */
    EXIT,
    /** A member with their own exit sound has left. */
    OWN_EXIT,
    /** The mixer plays a prompt. */
    PROMPT,
    /** A command requested the sound, to be played after the queued sounds. */
    COMMAND,
    /** A command requested the sound, to be played in parallel with the queue. */
    PARALLEL
  }

  /**
   * A sound for one member was queued (play-file-member).
   *
   * @param room the room
   * @param member the member
   * @param file the file
   */
  record MemberPlayStarted(SimRoomState room, MemberState member, String file)
      implements OfMember {}

  /**
   * A sound for one member has ended or was dropped (play-file-member-done).
   *
   * @param room the room
   * @param member the member; empty if the sound was dropped because the member is leaving
   * @param file the file
   * @param played the length of the part that was played
   */
  record MemberPlayEnded(
      SimRoomState room, Optional<MemberState> member, String file, Duration played)
      implements OfRoom {}

  /**
   * A recording of a room has started, or failed to start (start-recording).
   *
   * @param room the room
   * @param path the file
   * @param failed whether the file could not be opened
   */
  record RoomRecordingStarted(SimRoomState room, String path, boolean failed) implements OfRoom {}

  /**
   * A recording of a room was paused or resumed (pause-recording, resume-recording).
   *
   * @param room the room
   * @param path the file
   * @param on whether the recording is paused now
   */
  record RoomRecordingPaused(SimRoomState room, String path, boolean on) implements OfRoom {}

  /**
   * A recording of a room has ended (stop-recording).
   *
   * @param room the room
   * @param path the file
   * @param length the length of the recording
   */
  record RoomRecordingStopped(SimRoomState room, String path, Duration length) implements OfRoom {}
}
