package dev.callflow.simulator.model;

import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One life of a room; used inside the guard only. */
final class Room {

  /** How often the mixer mixes. */
  static final Duration FRAME = Duration.ofMillis(20);

  /** FreeSWITCH counts the seconds of the day that begin: on average half a second more. */
  private static final Duration SECOND_BEGUN = Duration.ofMillis(300);

  /** It is silent for so long before some sounds. */
  static final Duration LEAD_IN = Duration.ofMillis(400);

  /** A recording: how long it was when it last went on, and since when it does; null if paused. */
  private record Tape(Duration before, @Nullable Instant since) {

    Duration length(Instant now) {
      return since == null ? before : before.plus(Duration.between(since, now));
    }
  }

  private final Guard guard;
  private final World world;
  private final String name;
  private final String uuid;
  private final String profile;
  private final RoomRules rules;
  private final Instant created;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Tape> recordings = new LinkedHashMap<>();
  private final RoomSounds sounds;
  private final Relations relations = new Relations();
  private Map<String, String> variables = Map.of();
  private boolean floorIsDue;
  private String lastRecording = "";
  private RoomSettings settings;
  private OptionalInt mostMembers;
  private boolean locked;
  private boolean waits;
  private boolean ends;
  private Pins pins;
  private Duration grace;
  private @Nullable Timer ending;
  private @Nullable Member floor;

  private Room(Guard guard, World world, Application.Join how) {
    this.guard = guard;
    this.world = world;
    this.name = how.room();
    this.uuid = world.settings().ids().get();
    this.profile = how.profile();
    this.created = guard.now();
    this.mostMembers = how.mostMembers().orElse(0) > 1 ? how.mostMembers() : OptionalInt.empty();
    this.rules = how.rules();
    this.settings = rules.settings();
    this.waits = rules.waits();
    this.pins = rules.pins();
    this.grace = rules.grace();
    this.sounds = new RoomSounds(guard, this, world.media());
  }

  static Room create(
      Guard guard, World world, Application.Join how, Map<String, String> variables) {
    Room room = new Room(guard, world, how);
    room.variables = new LinkedHashMap<>(variables);
    world.rooms().put(room.name, room);
    guard.emit(new SwitchEvent.RoomCreated(room.state()));
    return room;
  }

  RoomState state() {
    int ghosts = (int) members.values().stream().filter(Member::ghost).count();
    return new RoomState(
        name,
        uuid,
        profile,
        created,
        locked,
        waits,
        grace,
        mostMembers,
        members.size() - ghosts,
        ghosts,
        List.copyOf(recordings.keySet()),
        recordings.entrySet().stream()
            .filter(tape -> tape.getValue().since() == null)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()),
        variables,
        settings,
        sounds.playing());
  }

  MemberState state(Member member) {
    return member.state(member == floor);
  }

  List<MemberState> memberStates() {
    return members.values().stream().map(this::state).toList();
  }

  @Nullable Member member(String channel) {
    return members.get(channel);
  }

  List<Member> members() {
    return List.copyOf(members.values());
  }

  RoomRules rules() {
    return rules;
  }

  RoomSounds sounds() {
    return sounds;
  }

  Relations relations() {
    return relations;
  }

  boolean locked() {
    return locked;
  }

  /** A limit of one counts if it was commanded; FreeSWITCH does not take it from elsewhere. */
  boolean full() {
    return mostMembers.isPresent()
        && mostMembers.getAsInt() > 0
        && state().size() >= mostMembers.getAsInt();
  }

  /** The file that was recorded to last, or was to be; empty for none. */
  String lastRecording() {
    return lastRecording;
  }

  Pins pins() {
    return pins;
  }

  void pins(Pins to) {
    pins = to;
  }

  void grace(Duration to) {
    grace = to;
  }

  String uuid() {
    return uuid;
  }

  /** A channel has one number in all rooms; tells whether this is the first one. */
  boolean number(Channel channel) {
    boolean fresh = channel.memberNumber == 0;
    if (fresh) {
      channel.memberNumber = world.nextMemberNumber();
    }
    return fresh;
  }

  void add(Joined joined, boolean silent) {
    Channel channel = joined.channel();
    Member member = new Member(joined, channel.memberNumber, silent, guard.now());
    members.put(channel.uuid(), member);
    guard.emit(new SwitchEvent.MemberAdded(state(), state(member)));
    fillFloor();
    if (member.isNeeded() && ending != null) {
      ending.cancel();
      ending = null;
    }
    waits = waits && !member.moderator();
    if (state().size() > 1) {
      sounds.stopAside();
    } else if (!member.ghost() && !silent && !waits) {
      play(RoomRules.Prompt.ALONE, SwitchEvent.RoomSound.PROMPT);
    }
    if (!member.ghost() && !silent && state().size() > 1) {
      joined
          .how()
          .enterSound()
          .or(settings::enterSound)
          .filter(file -> settings.entersHeard())
          .ifPresent(file -> sounds.play(file, SwitchEvent.RoomSound.ENTER));
    }
    if (channel.talking()) {
      talking(channel.uuid(), true);
    }
    tendMusic();
  }

  private void play(RoomRules.Prompt occasion, SwitchEvent.RoomSound why) {
    rules.prompt(occasion).ifPresent(file -> sounds.play(file, why));
  }

  private void promptTo(Member member, RoomRules.Prompt occasion) {
    rules.prompt(occasion).ifPresent(file -> sounds.promptTo(member, file));
  }

  /** Music is for those who wait, and for whoever is alone. */
  void tendMusic() {
    boolean wanted =
        waits || state().size() == 1 && members.values().stream().noneMatch(Member::wantsNoMusic);
    rules
        .prompt(RoomRules.Prompt.MUSIC)
        .ifPresent(file -> sounds.music(file, wanted && !members.isEmpty()));
  }

  void remove(String channel) {
    Member member = members.get(channel);
    if (member == null) {
      return;
    }
    if (member == floor) {
      floor = null;
      guard.emit(new SwitchEvent.FloorChanged(state(), 0, Optional.empty()));
      fillFloor();
    }
    members.remove(channel);
    relations.forget(member.number());
    guard.emit(new SwitchEvent.MemberRemoved(state(), member.state(false)));
    sounds.forget(channel);
    if (state().size() > 0 && !ends) {
      Optional<String> own = member.joined().how().exitSound();
      SwitchEvent.RoomSound why =
          own.isPresent() ? SwitchEvent.RoomSound.OWN_EXIT : SwitchEvent.RoomSound.EXIT;
      own.or(() -> settings.exitsHeard() ? settings.exitSound() : Optional.empty())
          .ifPresent(file -> sounds.play(file, why));
      if (waits) {
        sounds.stopAside();
      } else if (state().size() == 1 && !member.ghost()) {
        sounds.stopAside();
        play(RoomRules.Prompt.ALONE, SwitchEvent.RoomSound.EXIT);
      }
    }
    if (member.isNeeded() && members.values().stream().noneMatch(Member::isNeeded)) {
      ending = guard.after(grace.plus(SECOND_BEGUN), "grace", this::end);
    }
    tendMusic();
  }

  /** Puts everybody out, the newest first. */
  void end() {
    ending = null;
    ends = true;
    for (Member member : members().reversed()) {
      member.joined().putOut();
    }
  }

  void change(RoomSettings to) {
    RoomSettings before = settings;
    settings = to;
    if (!to.enterSound().equals(before.enterSound())) {
      guard.emit(new SwitchEvent.SoundSet(state(), "enter-sound-file-changed"));
    } else if (!to.exitSound().equals(before.exitSound())) {
      guard.emit(new SwitchEvent.SoundSet(state(), "exit-sound-file-changed"));
    } else if (to.entersHeard() != before.entersHeard()) {
      guard.emit(
          new SwitchEvent.SoundSet(state(), "enter-sounds-" + (to.entersHeard() ? "on" : "off")));
    } else if (to.exitsHeard() != before.exitsHeard()) {
      guard.emit(
          new SwitchEvent.SoundSet(state(), "exit-sounds-" + (to.exitsHeard() ? "on" : "off")));
    }
  }

  void destroyIfEmpty() {
    if (members.isEmpty() && world.rooms().remove(name, this)) {
      if (ending != null) {
        ending.cancel();
      }
      sounds.stop(true);
      sounds.stopAside();
      for (String path : List.copyOf(recordings.keySet())) {
        stopRecording(path);
      }
      guard.emit(new SwitchEvent.RoomDestroyed(state()));
    }
  }

  /** With its next frame the mixer gives the floor to the newest, if nobody has it. */
  private void fillFloor() {
    if (floor == null && !floorIsDue) {
      floorIsDue = true;
      guard.after(
          FRAME,
          "floor",
          () -> {
            floorIsDue = false;
            if (floor == null && !members.isEmpty()) {
              giveFloor(members().getLast());
            }
          });
    }
  }

  void giveFloor(Member to) {
    int before = floor == null ? 0 : floor.number();
    floor = to;
    guard.emit(new SwitchEvent.FloorChanged(state(), before, Optional.of(state(to))));
  }

  void talking(String channel, boolean on) {
    Member member = members.get(channel);
    if (member == null || member.talking == on || (on && member.muted)) {
      return;
    }
    member.talking = on;
    if (on) {
      member.talkingSince = guard.now();
    }
    changed(member, on ? SwitchEvent.MemberChange.TALKING : SwitchEvent.MemberChange.SILENT);
    if (on && (floor == null || (floor != member && !floor.talking))) {
      giveFloor(member);
    }
  }

  void changed(Member member, SwitchEvent.MemberChange what) {
    guard.emit(new SwitchEvent.MemberChanged(state(), state(member), what));
  }

  void lock(boolean on) {
    locked = on;
    play(
        on ? RoomRules.Prompt.IS_LOCKED : RoomRules.Prompt.IS_UNLOCKED,
        SwitchEvent.RoomSound.PROMPT);
    guard.emit(new SwitchEvent.LockSet(state(), on));
  }

  void limit(OptionalInt most) {
    mostMembers = most;
  }

  void assign(Map<String, String> values) {
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

  boolean startRecording(String path) {
    if (recordings.containsKey(path)) {
      return false;
    }
    lastRecording = path;
    if (!world.settings().recordable().test(path)) {
      guard.emit(new SwitchEvent.RoomRecordingStarted(state(), path, true));
      guard.emit(new SwitchEvent.RoomRecordingStopped(state(), path, Duration.ZERO));
      return true;
    }
    recordings.put(path, new Tape(Duration.ZERO, guard.now()));
    guard.emit(new SwitchEvent.RoomRecordingStarted(state(), path, false));
    return true;
  }

  boolean pauseRecording(String path, boolean on) {
    Tape tape = recordings.get(path);
    if (tape == null) {
      return false;
    }
    recordings.put(path, new Tape(tape.length(guard.now()), on ? null : guard.now()));
    guard.emit(new SwitchEvent.RoomRecordingPaused(state(), path, on));
    return true;
  }

  boolean stopRecording(String path) {
    Tape tape = recordings.remove(path);
    if (tape == null) {
      return false;
    }
    Duration length = tape.length(guard.now());
    world.recorded(path, length);
    guard.emit(new SwitchEvent.RoomRecordingStopped(state(), path, length));
    return true;
  }

  void mute(Member member, boolean on, boolean quiet) {
    member.muted = on;
    member.talking = !on && member.talking;
    changed(member, on ? SwitchEvent.MemberChange.MUTED : SwitchEvent.MemberChange.UNMUTED);
    if (!quiet) {
      promptTo(member, on ? RoomRules.Prompt.MUTED : RoomRules.Prompt.UNMUTED);
    }
  }

  void deafen(Member member, boolean on) {
    member.deaf = on;
    changed(member, on ? SwitchEvent.MemberChange.DEAFENED : SwitchEvent.MemberChange.UNDEAFENED);
    promptTo(member, on ? RoomRules.Prompt.DEAF : RoomRules.Prompt.UNDEAF);
  }

  /** A member has pressed keys that mean something here. */
  void act(Member member, KeyAction action, String keys) {
    switch (action) {
      case MUTE -> muteByKey(member, !member.muted);
      case MUTE_ON -> muteByKey(member, true);
      case MUTE_OFF -> muteByKey(member, false);
      case DEAF_MUTE -> {
        boolean on = !member.muted;
        muteByKey(member, on);
        if (on && !member.deaf) {
          deafen(member, true);
        }
      }
      case DEAF -> deafen(member, !member.deaf);
      case DEAF_ON -> {
        if (!member.deaf) {
          deafen(member, true);
        }
      }
      case DEAF_OFF -> {
        if (member.deaf) {
          deafen(member, false);
        }
      }
      case ENERGY_UP -> energyByKey(member, Math.min(member.energy + 200, 1800));
      case ENERGY_EQU -> energyByKey(member, member.joined().how().levels().energy());
      case ENERGY_DN -> energyByKey(member, Math.max(member.energy - 200, 0));
      case TALK_UP -> volumeOutByKey(member, Math.min(member.volumeOut + 1, 4));
      case TALK_ZERO -> volumeOutByKey(member, 0);
      case TALK_DN -> volumeOutByKey(member, Math.max(member.volumeOut - 1, -4));
      case LISTEN_UP -> volumeInByKey(member, Math.min(member.volumeIn + 1, 4));
      case LISTEN_ZERO -> volumeInByKey(member, 0);
      case LISTEN_DN -> volumeInByKey(member, Math.max(member.volumeIn - 1, -4));
      case HANGUP -> guard.afterwards(() -> member.joined().leave(Optional.empty()));
      case EVENT -> guard.emit(new SwitchEvent.MemberKeys(state(), state(member), keys, false));
      case LOCK -> lock(!locked);
    }
  }

  private void muteByKey(Member member, boolean on) {
    if (!member.held && member.muted != on) {
      mute(member, on, false);
      if (!on && member.deaf) {
        deafen(member, false);
      }
    }
  }

  private void energyByKey(Member member, int level) {
    member.energy = level;
    changed(member, SwitchEvent.MemberChange.ENERGY_BY_KEY);
    sounds.sayTo(member, level / 200);
  }

  private void volumeOutByKey(Member member, int level) {
    member.volumeOut = level;
    changed(member, SwitchEvent.MemberChange.VOLUME_OUT_BY_KEY);
    sounds.sayTo(member, level);
  }

  private void volumeInByKey(Member member, int level) {
    member.volumeIn = level;
    changed(member, SwitchEvent.MemberChange.VOLUME_IN_BY_KEY);
    sounds.sayTo(member, level);
  }
}
