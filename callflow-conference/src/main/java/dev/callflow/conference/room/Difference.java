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
 * A difference between the known state of a room and the mixer's snapshot.
 *
 * @param cause the kind of event that was missed
 * @param event the event that repairs the difference
 */
record Difference(RepairCause cause, MixerEvent.InRoom event) {

  /**
   * The key by which a second comparison recognises the same difference. It omits the member's
   * other properties, which may change between the comparisons.
   */
  record Key(
      Class<?> kind, String instance, Optional<CallId> call, Optional<MixerEvent.Change> change) {}

  Key key() {
    return switch (event) {
      case MixerEvent.Changed changed ->
          key(Optional.of(changed.member().call()), Optional.of(changed.what()));
      case MixerEvent.OfMember ofMember ->
          key(Optional.of(ofMember.member().call()), Optional.empty());
      case MixerEvent.OfRoom ofRoom -> key(Optional.empty(), Optional.empty());
    };
  }

  private Key key(Optional<CallId> call, Optional<MixerEvent.Change> change) {
    return new Key(event.getClass(), event.instance(), call, change);
  }

  /**
   * Finds the differences between the known instances and a snapshot; takes constant time per
   * member.
   */
  static List<Difference> between(
      RoomId room, Collection<RoomInstance> known, Optional<MixerSnapshot> shown) {
    List<Difference> all = new ArrayList<>();
    for (RoomInstance instance : known) {
      Optional<MixerSnapshot> same =
          shown.filter(snapshot -> snapshot.instance().equals(instance.id));
      if (same.isPresent()) {
        compare(room, instance, same.get(), all);
      } else {
        instance.members.values().forEach(member -> all.add(ghost(room, instance.id, member)));
        all.add(new Difference(RepairCause.GHOST, new MixerEvent.Destroyed(room, instance.id)));
      }
    }
    shown
        .filter(snapshot -> known.stream().noneMatch(it -> it.id.equals(snapshot.instance())))
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
        RepairCause.GHOST,
        new MixerEvent.Removed(room, instance, member.with(Member.Flag.TALKING, false)));
  }

  private static void compare(
      RoomId room, RoomInstance instance, MixerSnapshot snapshot, List<Difference> all) {
    String id = instance.id;
    Map<CallId, Member> shownMembers = new LinkedHashMap<>();
    snapshot.members().forEach(member -> shownMembers.put(member.call(), member));
    for (Member member : instance.members.values()) {
      if (!shownMembers.containsKey(member.call())) {
        all.add(ghost(room, id, member));
      }
    }
    Optional<CallId> floor = Optional.empty();
    for (Member member : shownMembers.values()) {
      Member before = instance.members.get(member.call());
      if (before == null) {
        all.add(new Difference(RepairCause.MISSED_JOIN, new MixerEvent.Added(room, id, member)));
      } else {
        flags(room, id, before, member, snapshot.held().contains(member.call()), all);
      }
      if (member.floor()) {
        floor = Optional.of(member.call());
      }
    }
    Optional<CallId> holder =
        instance.members.values().stream().filter(Member::floor).map(Member::call).findFirst();
    if (!holder.equals(floor)) {
      all.add(missed(new MixerEvent.FloorChanged(room, id, floor)));
    }
    if (instance.locked != snapshot.locked()) {
      all.add(missed(new MixerEvent.Locked(room, id, snapshot.locked())));
    }
    if (instance.recording != snapshot.recording()) {
      all.add(
          missed(
              snapshot.recording()
                  ? new MixerEvent.RecordingStarted(room, id, "", false)
                  : new MixerEvent.RecordingStopped(room, id, "", 0, 0)));
    }
  }

  private static void flags(
      RoomId room, String instance, Member before, Member now, boolean held, List<Difference> all) {
    List<MixerEvent.Change> changes = new ArrayList<>();
    if (!held && before.muted() != now.muted()) {
      changes.add(now.muted() ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED);
    }
    if (!held && before.deaf() != now.deaf()) {
      changes.add(now.deaf() ? MixerEvent.Change.DEAFENED : MixerEvent.Change.UNDEAFENED);
    }
    if (before.talking() != now.talking() && !now.muted()) {
      changes.add(now.talking() ? MixerEvent.Change.TALKING : MixerEvent.Change.SILENT);
    }
    if (before.energyLevel() != now.energyLevel()) {
      changes.add(MixerEvent.Change.ENERGY);
    }
    if (before.talkVolume() != now.talkVolume()) {
      changes.add(MixerEvent.Change.TALK_VOLUME);
    }
    if (before.listenVolume() != now.listenVolume()) {
      changes.add(MixerEvent.Change.LISTEN_VOLUME);
    }
    for (MixerEvent.Change change : changes) {
      all.add(missed(new MixerEvent.Changed(room, instance, change, now)));
    }
  }

  private static Difference missed(MixerEvent.InRoom event) {
    return new Difference(RepairCause.MISSED_FLAG, event);
  }
}
