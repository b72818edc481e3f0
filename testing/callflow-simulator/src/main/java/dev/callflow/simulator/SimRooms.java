package dev.callflow.simulator;

import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.Relation;
import dev.callflow.simulator.model.RoomReply;
import dev.callflow.simulator.model.RoomSettings;
import dev.callflow.simulator.model.SimPins;
import dev.callflow.simulator.model.SimRoomRules;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.room.OpenRooms;
import dev.callflow.simulator.room.SimMember;
import dev.callflow.simulator.room.SimRoom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Queries and controls the rooms of a switch.
 *
 * <p>Members are identified by the UUIDs of their channels. All methods are thread-safe, do not
 * block and take no virtual time.
 */
public final class SimRooms {

  private final SwitchLock lock;
  private final OpenRooms rooms;

  SimRooms(SwitchLock lock, OpenRooms rooms) {
    this.lock = lock;
    this.rooms = rooms;
  }

  /**
   * Runs several commands in one step: the members whom they kick leave only after the last
   * command.
   *
   * @param commands executes the commands and returns a result
   * @param <T> the type of the result
   * @return the result that {@code commands} returned
   */
  public <T> T inOneStep(Supplier<T> commands) {
    return lock.get(commands);
  }

  /**
   * Lists the rooms.
   *
   * @return the rooms in the order in which they were created
   */
  public List<SimRoomState> all() {
    return lock.get(() -> rooms.all().stream().map(SimRoom::state).toList());
  }

  /**
   * Finds a room by its exact name.
   *
   * @param name the room's name
   * @return the room, or empty if there is none
   */
  public Optional<SimRoomState> find(String name) {
    return lock.get(() -> Optional.ofNullable(rooms.find(name)).map(SimRoom::state));
  }

  /**
   * Lists the members of a room.
   *
   * @param name the room's name
   * @return the members in the order in which they joined; empty if there is no such room
   */
  public List<MemberState> members(String name) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? List.of() : room.memberStates();
    });
  }

  /**
   * Lists the relations between the members of a room.
   *
   * @param name the room's name
   * @return the relations in the order in which they were set
   */
  public List<Relation> relations(String name) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? List.of() : room.relations().all();
    });
  }

  /**
   * Mutes or unmutes a member. Emits an event even if nothing changes.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on true to mute, false to unmute
   * @return the outcome
   */
  public RoomReply mute(String name, String channel, boolean on) {
    return mute(name, channel, on, false);
  }

  /**
   * Mutes or unmutes a member. Emits an event even if nothing changes.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on true to mute, false to unmute
   * @param quiet true to play no prompt to the member
   * @return the outcome
   */
  public RoomReply mute(String name, String channel, boolean on, boolean quiet) {
    return order(name, channel, (room, member) -> room.mute(member, on, quiet));
  }

  /**
   * Deafens or undeafens a member. Emits an event even if nothing changes.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on true to deafen, false to undeafen
   * @return the outcome
   */
  public RoomReply deafen(String name, String channel, boolean on) {
    return order(name, channel, (room, member) -> room.deafen(member, on));
  }

  /**
   * Hides or shows a member's video. Emits an event even if nothing changes.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on true to hide, false to show
   * @return the outcome
   */
  public RoomReply muteVideo(String name, String channel, boolean on) {
    return change(
        name,
        channel,
        on ? SwitchEvent.MemberChange.VIDEO_MUTED : SwitchEvent.MemberChange.VIDEO_UNMUTED,
        member -> member.muteVideo(on));
  }

  /**
   * Sets the energy threshold above which a member is heard.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param level the threshold, 0 to 1800
   * @return the outcome
   */
  public RoomReply energy(String name, String channel, int level) {
    return change(name, channel, SwitchEvent.MemberChange.ENERGY, member -> member.energy(level));
  }

  /**
   * Sets the volume at which the room hears a member.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param level the volume, -4 to 4
   * @return the outcome
   */
  public RoomReply volumeIn(String name, String channel, int level) {
    return change(
        name, channel, SwitchEvent.MemberChange.VOLUME_IN, member -> member.volumeIn(level));
  }

  /**
   * Sets the volume at which a member hears the room.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param level the volume, -4 to 4
   * @return the outcome
   */
  public RoomReply volumeOut(String name, String channel, int level) {
    return change(
        name, channel, SwitchEvent.MemberChange.VOLUME_OUT, member -> member.volumeOut(level));
  }

  /**
   * Sets the level of a member's automatic gain control.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param level the level; as in FreeSWITCH, 0 changes nothing
   * @return the outcome
   */
  public RoomReply gainControl(String name, String channel, int level) {
    return change(
        name, channel, SwitchEvent.MemberChange.GAIN_CONTROL, member -> member.gainControl(level));
  }

  /**
   * Sends DTMF digits to the far end of a member's channel.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param keys the digits
   * @return the outcome
   */
  public RoomReply send(String name, String channel, String keys) {
    return order(
        name,
        channel,
        (room, member) ->
            lock.emit(new SwitchEvent.MemberKeys(room.state(), room.state(member), keys, true)));
  }

  /**
   * Kicks a member. The channel stays up.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @return the outcome
   */
  public RoomReply kick(String name, String channel) {
    return kick(name, channel, Optional.empty());
  }

  /**
   * Kicks a member. The channel stays up.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param sound the file to play instead of the profile's kicked-sound; as in FreeSWITCH, the file
   *     is ignored if the profile has no kicked-sound
   * @return the outcome
   */
  public RoomReply kick(String name, String channel, Optional<String> sound) {
    return withMember(
        name,
        channel,
        (room, member) -> {
          Optional<String> standard = room.rules().prompt(SimRoomRules.Prompt.KICKED);
          room.changed(member, SwitchEvent.MemberChange.KICKED);
          leaveSoon(member, standard.map(file -> sound.orElse(file)));
          return RoomReply.DONE;
        });
  }

  /**
   * Removes a member without playing a sound ({@code conference hup}). Despite the command's name,
   * the channel stays up.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @return the outcome
   */
  public RoomReply hup(String name, String channel) {
    return withMember(
        name,
        channel,
        (room, member) -> {
          room.changed(member, SwitchEvent.MemberChange.HUNG_UP);
          leaveSoon(member, Optional.empty());
          return RoomReply.DONE;
        });
  }

  private void leaveSoon(SimMember member, Optional<String> sound) {
    Duration delay = rooms.delay();
    if (delay.isZero()) {
      lock.afterwards(() -> member.occupant().leave(sound));
    } else {
      lock.after(delay, "kick " + member.channel().uuid(), () -> member.occupant().leave(sound));
    }
  }

  /**
   * Puts a member on hold, or takes them off hold. Emits an event even if nothing changes.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on true to put the member on hold, false to take them off hold
   * @return the outcome
   */
  public RoomReply hold(String name, String channel, boolean on) {
    return order(name, channel, (room, member) -> room.hold(member, on));
  }

  /**
   * Moves a member to another room by transferring the channel to the inline application {@code
   * conference:ROOM@default}.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param to the name of the room to move to
   * @return the outcome
   */
  public RoomReply move(String name, String channel, String to) {
    return withMember(
        name,
        channel,
        (room, member) -> {
          member.channel().redirect("conference:" + to + "@default", true);
          lock.emit(new SwitchEvent.MemberMoved(room.state(), room.state(member), to));
          lock.afterwards(member.channel()::leave);
          return RoomReply.DONE;
        });
  }

  /**
   * Changes the enter and exit sounds of a room.
   *
   * @param name the room's name
   * @param settings the new settings
   * @return the outcome
   */
  public RoomReply change(String name, RoomSettings settings) {
    return order(name, room -> room.change(settings));
  }

  /**
   * Gives the floor to a member, taking it from the current holder, if any.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @return the outcome
   */
  public RoomReply floor(String name, String channel) {
    return order(name, channel, (room, member) -> room.giveFloor(member));
  }

  /**
   * Takes the floor from its holder. One frame later, the member who joined last gets it.
   *
   * @param name the room's name
   * @return the outcome
   */
  public RoomReply releaseFloor(String name) {
    return order(name, SimRoom::releaseFloor);
  }

  /**
   * Sets the relation between two members, replacing any previous one. If {@code speaks} and {@code
   * hears} are both true, the relation is removed.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param other the other member's channel
   * @param speaks whether the other member hears this one
   * @param hears whether this member hears the other one
   * @return the outcome; {@link RoomReply#REFUSED} if there is no relation to remove
   */
  public RoomReply relate(
      String name, String channel, String other, boolean speaks, boolean hears) {
    return withMember(
        name,
        channel,
        (room, member) -> {
          SimMember second = room.member(other);
          if (second == null) {
            return RoomReply.NO_MEMBER;
          }
          if (speaks && hears) {
            boolean were = room.relations().clear(member.number(), second.number());
            return were ? RoomReply.DONE : RoomReply.REFUSED;
          }
          room.relations().set(new Relation(member.number(), second.number(), speaks, hears));
          return RoomReply.DONE;
        });
  }

  /**
   * Locks or unlocks a room. Emits an event even if nothing changes.
   *
   * @param name the room's name
   * @param on true to lock, false to unlock
   * @return the outcome
   */
  public RoomReply lock(String name, boolean on) {
    return order(name, room -> room.lock(on));
  }

  /**
   * Sets the maximum number of members of a room.
   *
   * @param name the room's name
   * @param limit the maximum, at least 1; empty for no limit
   * @return the outcome
   */
  public RoomReply limit(String name, OptionalInt limit) {
    return order(name, room -> room.limit(limit));
  }

  private RoomReply changePins(String name, UnaryOperator<SimPins> change) {
    return order(name, room -> room.pins(change.apply(room.pins())));
  }

  /**
   * Sets the PIN that lets callers in as regular members.
   *
   * @param name the room's name
   * @param pin the PIN; empty for none
   * @return the outcome
   */
  public RoomReply memberPin(String name, String pin) {
    return changePins(name, pins -> pins.member(pin));
  }

  /**
   * Sets the PIN that lets callers in as moderators.
   *
   * @param name the room's name
   * @param pin the PIN; empty for none
   * @return the outcome
   */
  public RoomReply moderatorPin(String name, String pin) {
    return changePins(name, pins -> pins.moderator(pin));
  }

  /**
   * Sets the end-conference grace period: the time that a room stays open after its last mandatory
   * member has left.
   *
   * @param name the room's name
   * @param grace the grace period
   * @return the outcome
   */
  public RoomReply grace(String name, Duration grace) {
    return order(name, room -> room.grace(grace));
  }

  /**
   * Sets variables of a room.
   *
   * @param name the room's name
   * @param variables the values by name; an empty value unsets the variable
   * @return the outcome
   */
  public RoomReply assign(String name, Map<String, String> variables) {
    return order(name, room -> room.assign(variables));
  }

  /**
   * Plays a file to the whole room after the sounds that are already queued.
   *
   * @param name the room's name
   * @param file the file to play
   * @return the outcome
   */
  public RoomReply play(String name, String file) {
    return withRoom(
        name,
        room ->
            room.sounds().play(file, SwitchEvent.RoomSound.COMMAND)
                ? RoomReply.DONE
                : RoomReply.NO_FILE);
  }

  /**
   * Plays a file to the whole room at once, in parallel with the queued sounds ({@code play …
   * async}).
   *
   * @param name the room's name
   * @param file the file to play
   * @return the outcome
   */
  public RoomReply playInParallel(String name, String file) {
    return withRoom(
        name, room -> room.sounds().playInParallel(file) ? RoomReply.DONE : RoomReply.NO_FILE);
  }

  /**
   * Stops all sounds of a room that play in parallel with the queued sounds.
   *
   * @param name the room's name
   * @return the number of sounds stopped; empty if there is no such room
   */
  public OptionalInt stopParallel(String name) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? OptionalInt.empty() : OptionalInt.of(room.sounds().stopParallel());
    });
  }

  /**
   * Pauses the sound that is playing to the whole room, or resumes it if it is paused.
   *
   * @param name the room's name
   * @return whether the sound is paused now; empty if nothing is playing
   */
  public Optional<Boolean> pausePlaying(String name) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? Optional.<Boolean>empty() : room.sounds().pause();
    });
  }

  /**
   * Plays a file to one member after the sounds that are already queued for them.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param file the file to play
   * @return the outcome
   */
  public RoomReply playTo(String name, String channel, String file) {
    return withMember(
        name,
        channel,
        (room, member) ->
            room.memberSounds().play(member, file) ? RoomReply.DONE : RoomReply.NO_FILE);
  }

  /**
   * Stops the sound that is playing to the whole room.
   *
   * @param name the room's name
   * @param all whether to drop the queued sounds as well
   * @return the number of sounds stopped; empty if there is no such room
   */
  public OptionalInt stop(String name, boolean all) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? OptionalInt.empty() : OptionalInt.of(room.sounds().stop(all));
    });
  }

  /**
   * Stops all sounds for one member: the one that is playing and the queued ones.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @return the number of sounds stopped; empty if there is no such room or member
   */
  public OptionalInt stopFor(String name, String channel) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      SimMember member = room == null ? null : room.member(channel);
      return room == null || member == null
          ? OptionalInt.empty()
          : OptionalInt.of(room.memberSounds().stop(member));
    });
  }

  /**
   * Starts to record a room.
   *
   * @param name the room's name
   * @param path the file to record to
   * @return the outcome; {@link RoomReply#REFUSED} if the room is already being recorded to this
   *     file
   */
  public RoomReply startRecording(String name, String path) {
    return withRoom(
        name, room -> room.recordings().start(path) ? RoomReply.DONE : RoomReply.REFUSED);
  }

  /**
   * Pauses or resumes a recording of a room.
   *
   * @param name the room's name
   * @param path the file of the recording
   * @param on true to pause, false to resume
   * @return the outcome; {@link RoomReply#REFUSED} if the room is not being recorded to this file
   */
  public RoomReply pauseRecording(String name, String path, boolean on) {
    return withRoom(
        name, room -> room.recordings().pause(path, on) ? RoomReply.DONE : RoomReply.REFUSED);
  }

  /**
   * Stops a recording of a room.
   *
   * @param name the room's name
   * @param path the file of the recording
   * @return the outcome; {@link RoomReply#REFUSED} if the room is not being recorded to this file
   */
  public RoomReply stopRecording(String name, String path) {
    return withRoom(
        name, room -> room.recordings().stop(path) ? RoomReply.DONE : RoomReply.REFUSED);
  }

  private interface OnMember {
    RoomReply act(SimRoom room, SimMember member);
  }

  private interface OnRoom {
    RoomReply act(SimRoom room);
  }

  private RoomReply order(String name, Consumer<SimRoom> action) {
    return withRoom(
        name,
        room -> {
          action.accept(room);
          return RoomReply.DONE;
        });
  }

  private RoomReply order(String name, String channel, BiConsumer<SimRoom, SimMember> action) {
    return withMember(
        name,
        channel,
        (room, member) -> {
          action.accept(room, member);
          return RoomReply.DONE;
        });
  }

  private RoomReply withRoom(String name, OnRoom action) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? RoomReply.NO_ROOM : action.act(room);
    });
  }

  private RoomReply withMember(String name, String channel, OnMember action) {
    return withRoom(
        name,
        room -> {
          SimMember member = room.member(channel);
          return member == null ? RoomReply.NO_MEMBER : action.act(room, member);
        });
  }

  private RoomReply change(
      String name, String channel, SwitchEvent.MemberChange what, Consumer<SimMember> change) {
    return withMember(
        name,
        channel,
        (room, member) -> {
          change.accept(member);
          room.changed(member, what);
          return RoomReply.DONE;
        });
  }
}
