package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something in which a room, as it is known, differs from the mixer's snapshot of it.
 *
 * @param cause what must have been missed
 * @param event what makes it good
 */
record Difference(RepairCause cause, MixerEvent.InRoom event) {

  /**
   * What is compared when a second look decides whether a difference is one: not the whole member,
   * whose other fields may change meanwhile.
   */
  record Key(Class<?> kind, String instance, Optional<CallId> call, Optional<Object> what) {}

  Key key() {
    return switch (event) {
      case MixerEvent.Added(var room, String instance, Member member) ->
          new Key(MixerEvent.Added.class, instance, Optional.of(member.call()), Optional.empty());
      case MixerEvent.Removed(var room, String instance, Member member) ->
          new Key(MixerEvent.Removed.class, instance, Optional.of(member.call()), Optional.empty());
      case MixerEvent.Changed(var room, String instance, var what, Member member) ->
          new Key(
              MixerEvent.Changed.class, instance, Optional.of(member.call()), Optional.of(what));
      case MixerEvent.InRoom other ->
          new Key(other.getClass(), other.instance(), Optional.empty(), Optional.empty());
    };
  }

  /** Compares; costs a few steps per member. */
  static List<Difference> between(
      RoomId room, Collection<RoomInstance> known, Optional<MixerSnapshot> shown) {
    List<Difference> all = new ArrayList<>();
    for (RoomInstance life : known) {
      Optional<MixerSnapshot> same =
          shown.filter(snapshot -> snapshot.instance().equals(life.instance));
      if (same.isPresent()) {
        compare(room, life, same.get(), all);
      } else {
        life.members.values().forEach(member -> all.add(ghost(room, life.instance, member)));
        all.add(new Difference(RepairCause.GHOST, new MixerEvent.Destroyed(room, life.instance)));
      }
    }
    shown
        .filter(snapshot -> known.stream().noneMatch(of -> of.instance.equals(snapshot.instance())))
        .ifPresent(snapshot -> {
          all.add(
              new Difference(
                  RepairCause.MISSED_JOIN, new MixerEvent.Created(room, snapshot.instance())));
          compare(room, new RoomInstance(snapshot.instance(), Instant.EPOCH), snapshot, all);
        });
    return all;
  }

  private static Difference ghost(RoomId room, String instance, Member member) {
    return new Difference(
        RepairCause.GHOST, new MixerEvent.Removed(room, instance, member.withTalking(false)));
  }

  private static void compare(
      RoomId room, RoomInstance life, MixerSnapshot shown, List<Difference> all) {
    String instance = life.instance;
    Map<CallId, Member> there = new LinkedHashMap<>();
    shown.members().forEach(member -> there.put(member.call(), member));
    for (Member member : life.members.values()) {
      if (!there.containsKey(member.call())) {
        all.add(ghost(room, instance, member));
      }
    }
    Optional<CallId> floor = Optional.empty();
    for (Member member : there.values()) {
      Member before = life.members.get(member.call());
      if (before == null) {
        all.add(
            new Difference(RepairCause.MISSED_JOIN, new MixerEvent.Added(room, instance, member)));
      } else {
        flags(room, instance, before, member, shown.held().contains(member.call()), all);
      }
      if (member.floor()) {
        floor = Optional.of(member.call());
      }
    }
    Optional<CallId> holder =
        life.members.values().stream().filter(Member::floor).map(Member::call).findFirst();
    if (!holder.equals(floor)) {
      all.add(missed(new MixerEvent.FloorChanged(room, instance, floor)));
    }
    if (life.locked != shown.locked()) {
      all.add(missed(new MixerEvent.Locked(room, instance, shown.locked())));
    }
    if (life.recording != shown.recording()) {
      all.add(
          missed(
              shown.recording()
                  ? new MixerEvent.RecordingStarted(room, instance, "", false)
                  : new MixerEvent.RecordingStopped(room, instance, "", 0, 0)));
    }
  }

  private static void flags(
      RoomId room,
      String instance,
      Member before,
      Member shown,
      boolean held,
      List<Difference> all) {
    List<MixerEvent.Change> changes = new ArrayList<>();
    if (!held && before.muted() != shown.muted()) {
      changes.add(shown.muted() ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED);
    }
    if (!held && before.deaf() != shown.deaf()) {
      changes.add(shown.deaf() ? MixerEvent.Change.DEAFENED : MixerEvent.Change.UNDEAFENED);
    }
    if (before.talking() != shown.talking() && !shown.muted()) {
      changes.add(shown.talking() ? MixerEvent.Change.TALKING : MixerEvent.Change.SILENT);
    }
    if (before.energyLevel() != shown.energyLevel()) {
      changes.add(MixerEvent.Change.ENERGY);
    }
    if (before.talkVolume() != shown.talkVolume()) {
      changes.add(MixerEvent.Change.TALK_VOLUME);
    }
    if (before.listenVolume() != shown.listenVolume()) {
      changes.add(MixerEvent.Change.LISTEN_VOLUME);
    }
    for (MixerEvent.Change change : changes) {
      all.add(missed(new MixerEvent.Changed(room, instance, change, shown)));
    }
  }

  private static Difference missed(MixerEvent.InRoom event) {
    return new Difference(RepairCause.MISSED_FLAG, event);
  }
}
