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
 * The rooms of a switch: what can be asked of them and done with them.
 *
 * <p>Members are named by the uuids of their channels. Safe for use by any thread; nothing blocks,
 * nothing takes time.
 */
public final class SimRooms {

  private final SwitchLock lock;
  private final OpenRooms rooms;

  SimRooms(SwitchLock lock, OpenRooms rooms) {
    this.lock = lock;
    this.rooms = rooms;
  }

  /**
   * Gives several orders at once: those who are put out go when all are given.
   *
   * @param orders gives them
   * @param <T> what comes of them
   * @return what came of them
   */
  public <T> T atOnce(Supplier<T> orders) {
    return lock.get(orders);
  }

  /**
   * Lists the rooms.
   *
   * @return the rooms in the order of their creation
   */
  public List<SimRoomState> all() {
    return lock.get(() -> rooms.all().stream().map(SimRoom::state).toList());
  }

  /**
   * Finds a room.
   *
   * @param name its name, exactly
   * @return the room, or empty if there is none
   */
  public Optional<SimRoomState> find(String name) {
    return lock.get(() -> Optional.ofNullable(rooms.find(name)).map(SimRoom::state));
  }

  /**
   * Lists the members of a room.
   *
   * @param name the room's name
   * @return the members in the order of joining; empty if there is no such room
   */
  public List<MemberState> members(String name) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? List.of() : room.memberStates();
    });
  }

  /**
   * Lists the relations between members.
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
   * Mutes a member or not; announced also without a change.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on whether it shall be muted
   * @return what became of it
   */
  public RoomReply mute(String name, String channel, boolean on) {
    return mute(name, channel, on, false);
  }

  /**
   * Mutes a member or not; announced also without a change.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on whether it shall be muted
   * @param quiet whether the member hears nothing of it
   * @return what became of it
   */
  public RoomReply mute(String name, String channel, boolean on, boolean quiet) {
    return order(name, channel, (room, member) -> room.mute(member, on, quiet));
  }

  /**
   * Deafens a member or not; announced also without a change.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on whether it shall be deaf
   * @return what became of it
   */
  public RoomReply deafen(String name, String channel, boolean on) {
    return order(name, channel, (room, member) -> room.deafen(member, on));
  }

  /**
   * Hides a member's video or not; announced also without a change.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on whether it shall be hidden
   * @return what became of it
   */
  public RoomReply muteVideo(String name, String channel, boolean on) {
    return change(
        name,
        channel,
        on ? SwitchEvent.MemberChange.VIDEO_MUTED : SwitchEvent.MemberChange.VIDEO_UNMUTED,
        member -> member.muteVideo(on));
  }

  /**
   * Sets how loud a member must be to be heard.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param level 0 to 1800
   * @return what became of it
   */
  public RoomReply energy(String name, String channel, int level) {
    return change(name, channel, SwitchEvent.MemberChange.ENERGY, member -> member.energy(level));
  }

  /**
   * Sets how loud a member is heard.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param level -4 to 4
   * @return what became of it
   */
  public RoomReply volumeIn(String name, String channel, int level) {
    return change(
        name, channel, SwitchEvent.MemberChange.VOLUME_IN, member -> member.volumeIn(level));
  }

  /**
   * Sets how loud a member hears.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param level -4 to 4
   * @return what became of it
   */
  public RoomReply volumeOut(String name, String channel, int level) {
    return change(
        name, channel, SwitchEvent.MemberChange.VOLUME_OUT, member -> member.volumeOut(level));
  }

  /**
   * Sets a member's automatic gain control.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param level the level; as in FreeSWITCH, 0 changes nothing
   * @return what became of it
   */
  public RoomReply gainControl(String name, String channel, int level) {
    return change(
        name, channel, SwitchEvent.MemberChange.GAIN_CONTROL, member -> member.gainControl(level));
  }

  /**
   * Sends keys to a member's far end.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param keys the keys
   * @return what became of it
   */
  public RoomReply send(String name, String channel, String keys) {
    return order(
        name,
        channel,
        (room, member) ->
            lock.emit(new SwitchEvent.MemberKeys(room.state(), room.state(member), keys, true)));
  }

  /**
   * Puts a member out; its channel lives on.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @return what became of it
   */
  public RoomReply kick(String name, String channel) {
    return kick(name, channel, Optional.empty());
  }

  /**
   * Puts a member out; its channel lives on.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param sound what it hears then, in place of what the profile says; as in FreeSWITCH only if
   *     the profile says anything
   * @return what became of it
   */
  public RoomReply kick(String name, String channel, Optional<String> sound) {
    return withMember(
        name,
        channel,
        (room, member) -> {
          Optional<String> usual = room.rules().prompt(SimRoomRules.Prompt.KICKED);
          room.changed(member, SwitchEvent.MemberChange.KICKED);
          lock.afterwards(() -> member.occupant().leave(usual.map(file -> sound.orElse(file))));
          return RoomReply.DONE;
        });
  }

  /**
   * Lets a member leave (conference hup); despite the name its channel lives on.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @return what became of it
   */
  public RoomReply letGo(String name, String channel) {
    return withMember(
        name,
        channel,
        (room, member) -> {
          room.changed(member, SwitchEvent.MemberChange.HUNG_UP);
          lock.afterwards(() -> member.occupant().leave(Optional.empty()));
          return RoomReply.DONE;
        });
  }

  /**
   * Puts a member on hold or not; announced also without a change.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param on whether it shall be on hold
   * @return what became of it
   */
  public RoomReply hold(String name, String channel, boolean on) {
    return change(
        name,
        channel,
        on ? SwitchEvent.MemberChange.HELD : SwitchEvent.MemberChange.UNHELD,
        member -> member.hold(on));
  }

  /**
   * Sends a member to another room by way of the dialplan, as {@code conference:ROOM@default}.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param to the other room's name
   * @return what became of it
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
   * Changes what a room hears of who comes and goes.
   *
   * @param name the room's name
   * @param settings what it shall be
   * @return what became of it
   */
  public RoomReply change(String name, RoomSettings settings) {
    return order(name, room -> room.change(settings));
  }

  /**
   * Gives a member the floor, whoever has it.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @return what became of it
   */
  public RoomReply floor(String name, String channel) {
    return order(name, channel, (room, member) -> room.giveFloor(member));
  }

  /**
   * Sets what one member is to another, in place of what it was.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param other the other one's channel
   * @param speaks whether the other one hears the member
   * @param hears whether the member hears the other one; both true clears
   * @return what became of it
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
   * Locks or unlocks a room; announced also without a change.
   *
   * @param name the room's name
   * @param on whether it shall be locked
   * @return what became of it
   */
  public RoomReply lock(String name, boolean on) {
    return order(name, room -> room.lock(on));
  }

  /**
   * Sets how many may be in.
   *
   * @param name the room's name
   * @param most at least 1; empty for no limit
   * @return what became of it
   */
  public RoomReply limit(String name, OptionalInt most) {
    return order(name, room -> room.limit(most));
  }

  private RoomReply changePins(String name, UnaryOperator<SimPins> change) {
    return order(name, room -> room.pins(change.apply(room.pins())));
  }

  /**
   * Sets or takes away what callers are asked for to become members.
   *
   * @param name the room's name
   * @param pin the PIN; empty for none
   * @return what became of it
   */
  public RoomReply memberPin(String name, String pin) {
    return changePins(name, pins -> pins.member(pin));
  }

  /**
   * Sets what callers are asked for to become moderators.
   *
   * @param name the room's name
   * @param pin the PIN; empty for none
   * @return what became of it
   */
  public RoomReply moderatorPin(String name, String pin) {
    return changePins(name, pins -> pins.moderator(pin));
  }

  /**
   * Sets how long a room goes on without any of those members without whom it ends.
   *
   * @param name the room's name
   * @param grace how long
   * @return what became of it
   */
  public RoomReply grace(String name, Duration grace) {
    return order(name, room -> room.grace(grace));
  }

  /**
   * Sets variables of a room.
   *
   * @param name the room's name
   * @param variables values by name; an empty value unsets
   * @return what became of it
   */
  public RoomReply assign(String name, Map<String, String> variables) {
    return order(name, room -> room.assign(variables));
  }

  /**
   * Plays something to the whole room, behind what is played already.
   *
   * @param name the room's name
   * @param file what to play
   * @return what became of it
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
   * Plays something to the whole room, beside what is played already.
   *
   * @param name the room's name
   * @param file what to play
   * @return what became of it
   */
  public RoomReply playAside(String name, String file) {
    return withRoom(
        name, room -> room.sounds().playAside(file) ? RoomReply.DONE : RoomReply.NO_FILE);
  }

  /**
   * Stops what is played to the whole room beside the rest.
   *
   * @param name the room's name
   * @return how many were stopped; empty if there is no such room
   */
  public OptionalInt stopAside(String name) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? OptionalInt.empty() : OptionalInt.of(room.sounds().stopAside());
    });
  }

  /**
   * Lets what is played to the whole room stand still, or go on again.
   *
   * @param name the room's name
   * @return whether it stands still now; empty if nothing is played
   */
  public Optional<Boolean> pausePlaying(String name) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? Optional.<Boolean>empty() : room.sounds().pause();
    });
  }

  /**
   * Plays something to one member, behind what is played to it already.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @param file what to play
   * @return what became of it
   */
  public RoomReply playTo(String name, String channel, String file) {
    return withMember(
        name,
        channel,
        (room, member) ->
            room.memberSounds().play(member, file) ? RoomReply.DONE : RoomReply.NO_FILE);
  }

  /**
   * Stops what is played to the whole room.
   *
   * @param name the room's name
   * @param all whether what waits is stopped, too
   * @return how many were stopped; empty if there is no such room
   */
  public OptionalInt stop(String name, boolean all) {
    return lock.get(() -> {
      SimRoom room = rooms.find(name);
      return room == null ? OptionalInt.empty() : OptionalInt.of(room.sounds().stop(all));
    });
  }

  /**
   * Stops what is played to one member.
   *
   * @param name the room's name
   * @param channel the member's channel
   * @return how many were stopped; empty if there is no such room or member
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
   * Begins to record a room.
   *
   * @param name the room's name
   * @param path the file
   * @return what became of it: refused if that very file is being recorded already
   */
  public RoomReply startRecording(String name, String path) {
    return withRoom(
        name, room -> room.recordings().start(path) ? RoomReply.DONE : RoomReply.REFUSED);
  }

  /**
   * Pauses a recording of a room, or lets it go on.
   *
   * @param name the room's name
   * @param path the file
   * @param on whether it shall be paused
   * @return what became of it: refused if it is not being recorded
   */
  public RoomReply pauseRecording(String name, String path, boolean on) {
    return withRoom(
        name, room -> room.recordings().pause(path, on) ? RoomReply.DONE : RoomReply.REFUSED);
  }

  /**
   * Ends a recording of a room.
   *
   * @param name the room's name
   * @param path the file
   * @return what became of it: refused if it is not being recorded
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
