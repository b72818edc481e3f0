package dev.callflow.simulator.room;

import dev.callflow.core.time.Timer;
import dev.callflow.simulator.channel.Channel;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.RoomSettings;
import dev.callflow.simulator.model.SimPins;
import dev.callflow.simulator.model.SimRoomRules;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A room, from its creation to its destruction. Guarded by the switch's lock. */
public final class SimRoom implements RoomSnapshots {

  private final SwitchLock lock;
  private final Predicate<SimRoom> close;
  private final String name;
  private final String uuid;
  private final String profile;
  private final SimRoomRules rules;
  private final Instant created;
  private final Map<String, SimMember> members = new LinkedHashMap<>();
  private final RoomRecordings recordings;
  private final SimRoomSounds sounds;
  private final MemberSounds memberSounds;
  private final Floor floor;
  private final Relations relations = new Relations();
  private Map<String, String> variables;
  private RoomSettings settings;
  private OptionalInt maxMembers;
  private boolean locked;
  private boolean waits;
  private boolean ends;
  private SimPins pins;
  private Duration grace;
  private @Nullable Timer ending;

  /**
   * @param how the application that creates the room
   * @param variables the initial variables of the room
   * @param close removes the room from the switch; returns false if the room was already removed
   */
  SimRoom(
      SwitchLock lock,
      SwitchSettings setup,
      MediaShelf media,
      Application.Join how,
      Map<String, String> variables,
      Predicate<SimRoom> close) {
    this.lock = lock;
    this.close = close;
    this.name = how.room();
    this.uuid = setup.ids().get();
    this.profile = how.profile();
    this.created = lock.now();
    this.variables = new LinkedHashMap<>(variables);
    this.maxMembers = how.maxMembers().orElse(0) > 1 ? how.maxMembers() : OptionalInt.empty();
    this.rules = how.rules();
    this.settings = rules.settings();
    this.waits = rules.waits();
    this.pins = rules.pins();
    this.grace = rules.grace();
    this.recordings = new RoomRecordings(lock, this, media, setup.recordable());
    this.sounds = new SimRoomSounds(lock, this, media, this::updateMusic);
    this.memberSounds = new MemberSounds(lock, this, media);
    this.floor = new Floor(lock, this, () -> List.copyOf(members.values()).reversed());
  }

  @Override
  public SimRoomState state() {
    int ghosts = (int) members.values().stream().filter(SimMember::ghost).count();
    return new SimRoomState(
        name,
        uuid,
        profile,
        created,
        locked,
        waits,
        grace,
        maxMembers,
        members.size() - ghosts,
        ghosts,
        recordings.running(),
        recordings.paused(),
        variables,
        settings,
        sounds.playing());
  }

  @Override
  public MemberState state(SimMember member) {
    return member.state(floor.isHeldBy(member));
  }

  /** Returns the number of members, ghosts excluded. */
  private int size() {
    return (int) members.values().stream().filter(member -> !member.ghost()).count();
  }

  String name() {
    return name;
  }

  public String uuid() {
    return uuid;
  }

  public List<MemberState> memberStates() {
    return members.values().stream().map(this::state).toList();
  }

  public @Nullable SimMember member(String channel) {
    return members.get(channel);
  }

  public SimRoomRules rules() {
    return rules;
  }

  public SimRoomSounds sounds() {
    return sounds;
  }

  public MemberSounds memberSounds() {
    return memberSounds;
  }

  public RoomRecordings recordings() {
    return recordings;
  }

  public Relations relations() {
    return relations;
  }

  boolean locked() {
    return locked;
  }

  /**
   * Returns whether the room is full. As in FreeSWITCH, a limit of one member can be set only by
   * command, not by the join that creates the room.
   */
  boolean full() {
    return maxMembers.isPresent() && maxMembers.getAsInt() > 0 && size() >= maxMembers.getAsInt();
  }

  public SimPins pins() {
    return pins;
  }

  public void pins(SimPins to) {
    pins = to;
  }

  public void grace(Duration to) {
    grace = to;
  }

  public void limit(OptionalInt limit) {
    maxMembers = limit;
  }

  // ---- joining and leaving

  void add(Occupant occupant, boolean silent) {
    Channel channel = occupant.channel();
    SimMember member = new SimMember(occupant, channel.memberNumber(), silent, lock.now());
    members.put(channel.uuid(), member);
    lock.emit(new SwitchEvent.MemberAdded(state(), state(member)));
    floor.fill();
    if (member.isNeeded() && ending != null) {
      ending.cancel();
      ending = null;
    }
    waits = waits && !member.moderator();
    if (size() > 1) {
      sounds.stopParallel();
    } else if (!member.ghost() && !silent && !waits) {
      play(SimRoomRules.Prompt.ALONE, SwitchEvent.RoomSound.PROMPT);
    }
    if (!member.ghost() && !silent && size() > 1) {
      occupant
          .how()
          .enterSound()
          .or(settings::enterSound)
          .filter(file -> settings.enterSoundsOn())
          .ifPresent(file -> sounds.play(file, SwitchEvent.RoomSound.ENTER));
    }
    if (channel.talking()) {
      talking(channel.uuid(), true);
    }
    updateMusic();
  }

  void remove(String channel) {
    SimMember member = members.get(channel);
    if (member == null) {
      return;
    }
    memberSounds.leave(member);
    floor.leave(member);
    members.remove(channel);
    relations.forget(member.number());
    lock.emit(new SwitchEvent.MemberRemoved(state(), member.state(false)));
    if (size() > 0 && !ends) {
      playExitSound(member);
    }
    if (member.isNeeded() && members.values().stream().noneMatch(SimMember::isNeeded)) {
      ending = lock.after(grace.plus(MixerTiming.GRACE_EXTRA), "grace", this::end);
    }
    updateMusic();
  }

  private void playExitSound(SimMember member) {
    Optional<String> own = member.occupant().how().exitSound();
    SwitchEvent.RoomSound why =
        own.isPresent() ? SwitchEvent.RoomSound.OWN_EXIT : SwitchEvent.RoomSound.EXIT;
    own.or(() -> settings.exitSoundsOn() ? settings.exitSound() : Optional.empty())
        .ifPresent(file -> sounds.play(file, why));
    if (waits) {
      sounds.stopParallel();
    } else if (size() == 1 && !member.ghost()) {
      sounds.stopParallel();
      play(SimRoomRules.Prompt.ALONE, SwitchEvent.RoomSound.EXIT);
    }
  }

  /** Removes all members, newest first. */
  void end() {
    ending = null;
    ends = true;
    for (SimMember member : List.copyOf(members.values()).reversed()) {
      member.occupant().removeAtRoomEnd();
    }
  }

  void destroyIfEmpty() {
    if (members.isEmpty() && close.test(this)) {
      if (ending != null) {
        ending.cancel();
      }
      sounds.stop(true);
      sounds.stopParallel();
      recordings.stopAll();
      lock.emit(new SwitchEvent.RoomDestroyed(state()));
    }
  }

  // ---- sounds

  private void play(SimRoomRules.Prompt prompt, SwitchEvent.RoomSound why) {
    rules.prompt(prompt).ifPresent(file -> sounds.play(file, why));
  }

  private void promptTo(SimMember member, SimRoomRules.Prompt prompt) {
    rules.prompt(prompt).ifPresent(file -> memberSounds.prompt(member, file));
  }

  /**
   * Plays music while members wait for a moderator or only one member is present, and stops it
   * otherwise.
   */
  private void updateMusic() {
    boolean play =
        waits || size() == 1 && members.values().stream().noneMatch(SimMember::refusesMusic);
    rules
        .prompt(SimRoomRules.Prompt.MUSIC)
        .ifPresent(file -> sounds.music(file, play && !members.isEmpty()));
  }

  public void change(RoomSettings to) {
    RoomSettings before = settings;
    settings = to;
    if (!to.enterSound().equals(before.enterSound())) {
      lock.emit(new SwitchEvent.SoundSet(state(), "enter-sound-file-changed"));
    } else if (!to.exitSound().equals(before.exitSound())) {
      lock.emit(new SwitchEvent.SoundSet(state(), "exit-sound-file-changed"));
    } else if (to.enterSoundsOn() != before.enterSoundsOn()) {
      lock.emit(
          new SwitchEvent.SoundSet(state(), "enter-sounds-" + (to.enterSoundsOn() ? "on" : "off")));
    } else if (to.exitSoundsOn() != before.exitSoundsOn()) {
      lock.emit(
          new SwitchEvent.SoundSet(state(), "exit-sounds-" + (to.exitSoundsOn() ? "on" : "off")));
    }
  }

  // ---- changes to the room and its members

  public void giveFloor(SimMember to) {
    floor.give(to);
  }

  public void releaseFloor() {
    floor.release();
  }

  void talking(String channel, boolean on) {
    SimMember member = members.get(channel);
    if (member == null || member.talking() == on || (on && !member.canBeNoticed())) {
      return;
    }
    if (on) {
      member.startTalking(lock.now());
      changed(
          member,
          member.muted() || member.held()
              ? SwitchEvent.MemberChange.MUTE_DETECTED
              : SwitchEvent.MemberChange.TALKING);
      floor.talks(member);
    } else {
      member.stopTalking();
      changed(member, SwitchEvent.MemberChange.SILENT);
      floor.silent(member);
    }
  }

  /**
   * Updates who counts as talking after a member was muted, unmuted, held or taken off hold. As in
   * FreeSWITCH, there is no event for a member who is muted while talking, but a member who is
   * still talking when unmuted starts to talk again.
   */
  private void audibilityChanged(SimMember member) {
    floor.silent(member);
    if (member.channel().talking() && member.canBeNoticed()) {
      lock.after(
          MixerTiming.FRAME,
          "talking " + member.channel().uuid(),
          () -> {
            if (members.get(member.channel().uuid()) == member && member.channel().talking()) {
              talking(member.channel().uuid(), true);
            }
          });
    }
  }

  public void changed(SimMember member, SwitchEvent.MemberChange what) {
    lock.emit(new SwitchEvent.MemberChanged(state(), state(member), what));
  }

  public void mute(SimMember member, boolean on, boolean quiet) {
    member.mute(on);
    changed(member, on ? SwitchEvent.MemberChange.MUTED : SwitchEvent.MemberChange.UNMUTED);
    if (!quiet) {
      promptTo(member, on ? SimRoomRules.Prompt.MUTED : SimRoomRules.Prompt.UNMUTED);
    }
    audibilityChanged(member);
  }

  public void hold(SimMember member, boolean on) {
    member.hold(on);
    changed(member, on ? SwitchEvent.MemberChange.HELD : SwitchEvent.MemberChange.UNHELD);
    audibilityChanged(member);
  }

  public void deafen(SimMember member, boolean on) {
    member.deafen(on);
    changed(member, on ? SwitchEvent.MemberChange.DEAFENED : SwitchEvent.MemberChange.UNDEAFENED);
    promptTo(member, on ? SimRoomRules.Prompt.DEAF : SimRoomRules.Prompt.UNDEAF);
  }

  public void lock(boolean on) {
    locked = on;
    play(
        on ? SimRoomRules.Prompt.IS_LOCKED : SimRoomRules.Prompt.IS_UNLOCKED,
        SwitchEvent.RoomSound.PROMPT);
    lock.emit(new SwitchEvent.LockSet(state(), on));
  }

  public void assign(Map<String, String> values) {
    Map<String, String> changed = new LinkedHashMap<>(variables);
    values.forEach((key, value) -> {
      if (value.isEmpty()) {
        changed.remove(key);
      } else {
        changed.put(key, value);
      }
    });
    variables = changed;
  }
}
