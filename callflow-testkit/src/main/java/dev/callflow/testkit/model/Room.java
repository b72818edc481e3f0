package dev.callflow.testkit.model;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One life of a room; used inside the guard only. */
final class Room {

  /** How often the mixer mixes. */
  static final Duration FRAME = Duration.ofMillis(20);

  /** It is silent for so long before some sounds. */
  static final Duration LEAD_IN = Duration.ofMillis(400);

  private final Guard guard;
  private final World world;
  private final String name;
  private final String uuid;
  private final String profile;
  private final RoomRules rules;
  private final Instant created;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Instant> recordings = new LinkedHashMap<>();
  private final RoomSounds sounds;
  private final Relations relations = new Relations();
  private Map<String, String> variables = Map.of();
  private boolean floorIsDue;
  private RoomSettings settings;
  private OptionalInt mostMembers;
  private boolean locked;
  private @Nullable Member floor;

  private Room(Guard guard, World world, Application.Join how) {
    this.guard = guard;
    this.world = world;
    this.name = how.room();
    this.uuid = world.settings().ids().get();
    this.profile = how.profile();
    this.created = guard.now();
    this.mostMembers = how.mostMembers();
    this.rules = how.rules();
    this.settings = rules.settings();
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
        mostMembers,
        members.size() - ghosts,
        ghosts,
        List.copyOf(recordings.keySet()),
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

  /** FreeSWITCH takes limits below two for none. */
  boolean full() {
    return mostMembers.isPresent()
        && mostMembers.getAsInt() > 1
        && state().size() >= mostMembers.getAsInt();
  }

  String uuid() {
    return uuid;
  }

  /** A channel has one number in all rooms. */
  void number(Channel channel) {
    if (channel.memberNumber == 0) {
      channel.memberNumber = world.nextMemberNumber();
    }
  }

  void add(Joined joined) {
    Channel channel = joined.channel();
    Member member = new Member(joined, channel.memberNumber, joined.how().flags(), guard.now());
    members.put(channel.uuid(), member);
    guard.emit(new SwitchEvent.MemberAdded(state(), state(member)));
    fillFloor();
    if (!member.ghost() && state().size() > 1) {
      joined
          .how()
          .enterSound()
          .or(settings::enterSound)
          .filter(file -> settings.entersHeard() && !silent(file))
          .ifPresent(file -> sounds.play(file, SwitchEvent.RoomSound.ENTER));
    }
    if (channel.talking()) {
      talking(channel.uuid(), true);
    }
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
    member.talking = false;
    relations.forget(member.number());
    guard.emit(new SwitchEvent.MemberRemoved(state(), member.state(false)));
    sounds.forget(channel);
    if (!member.ghost() && state().size() > 0) {
      Optional<String> own = member.joined().how().exitSound();
      own.or(() -> settings.exitsHeard() ? settings.exitSound() : Optional.empty())
          .filter(file -> !silent(file))
          .ifPresent(file -> sounds.play(file, SwitchEvent.RoomSound.EXIT));
    }
  }

  /** Puts everybody out, the newest first. */
  void end() {
    for (Member member : members().reversed()) {
      member.joined().putOut();
    }
  }

  private static boolean silent(String file) {
    return file.startsWith("silence_stream://");
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
      sounds.stop(true);
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
    if (recordings.putIfAbsent(path, guard.now()) != null) {
      return false;
    }
    guard.emit(new SwitchEvent.RoomRecordingStarted(state(), path, false));
    return true;
  }

  boolean stopRecording(String path) {
    Instant since = recordings.remove(path);
    if (since == null) {
      return false;
    }
    world.recorded(path, Duration.between(since, guard.now()));
    guard.emit(
        new SwitchEvent.RoomRecordingStopped(state(), path, Duration.between(since, guard.now())));
    return true;
  }
}
