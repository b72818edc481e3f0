package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One instance of a room, built up from the mixer's events. Owned by the room. The cost of
 * processing an event does not depend on the number of members.
 *
 * <p>An event about a member changes only the property that it names, because events can arrive out
 * of order. Other differences are found, repaired and published when the room is compared with the
 * mixer's snapshot.
 */
final class RoomInstance {

  final String id;
  final Instant since;
  final Map<CallId, Member> members = new LinkedHashMap<>();
  final Set<CallId> moderators = new LinkedHashSet<>();

  /** The members by the ids that the mixer has assigned. */
  final Map<String, CallId> numbers = new HashMap<>();

  boolean locked;
  boolean recording;
  boolean autoRecorded;
  private Optional<CallId> floor = Optional.empty();

  RoomInstance(String id, Instant since) {
    this.id = id;
    this.since = since;
  }

  /** Returns whether the room has at least {@code count} members, not counting ghosts. */
  boolean hasAtLeast(int count) {
    return members.values().stream().filter(member -> !member.ghost()).limit(count).count()
        == count;
  }

  /**
   * Applies an event of this instance.
   *
   * @return whether the event changes anything; it does not if the mixer repeats it
   */
  boolean apply(MixerEvent.InRoom event) {
    return switch (event) {
      case MixerEvent.Created created -> true;
      case MixerEvent.Destroyed destroyed -> true;
      case MixerEvent.Added added -> add(added.member());
      case MixerEvent.Removed removed -> remove(removed.member().call());
      case MixerEvent.Changed changed -> change(changed);
      case MixerEvent.FloorChanged changed -> floor(changed.holder());
      case MixerEvent.Locked lock -> {
        boolean changes = locked != lock.on();
        locked = lock.on();
        yield changes;
      }
      case MixerEvent.PlayStarted play -> true;
      case MixerEvent.PlayEnded play -> true;
      case MixerEvent.RecordingStarted started -> {
        boolean changes = !recording || started.failed();
        recording |= !started.failed();
        yield changes;
      }
      case MixerEvent.RecordingStopped stopped -> {
        recording = false;
        yield true;
      }
    };
  }

  private boolean add(Member member) {
    if (members.putIfAbsent(member.call(), member) != null) {
      return false;
    }
    numbers.put(String.valueOf(member.number()), member.call());
    if (member.moderator()) {
      moderators.add(member.call());
    }
    if (member.floor()) {
      floor(Optional.of(member.call()));
    }
    return true;
  }

  private boolean remove(CallId call) {
    if (floor.filter(call::equals).isPresent()) {
      floor = Optional.empty();
    }
    Member removed = members.remove(call);
    if (removed != null) {
      numbers.remove(String.valueOf(removed.number()), call);
      moderators.remove(call);
    }
    return removed != null;
  }

  private boolean change(MixerEvent.Changed changed) {
    Member now = changed.member();
    Member before = members.get(now.call());
    if (before == null) {
      return false;
    }
    Member after =
        switch (changed.what()) {
          case MUTED -> before.with(Member.Flag.MUTED, true);
          case UNMUTED -> before.with(Member.Flag.MUTED, false);
          case DEAFENED -> before.with(Member.Flag.DEAF, true);
          case UNDEAFENED -> before.with(Member.Flag.DEAF, false);
          // A member who is muted while talking causes no stop-talking event. A start-talking
          // event that arrives after the mute is ignored.
          case TALKING -> before.with(Member.Flag.TALKING, !before.muted());
          case SILENT -> before.with(Member.Flag.TALKING, false);
          case ENERGY, TALK_VOLUME, LISTEN_VOLUME ->
              before.withLevels(levels(changed.what(), before.levels(), now.levels()));
          case KICKED, OTHER -> before;
        };
    members.put(now.call(), after);
    return changed.what() == MixerEvent.Change.KICKED || !after.equals(before);
  }

  /**
   * Copies only the level that the event names, because the event may be older or newer than the
   * other levels.
   */
  private static Member.Levels levels(
      MixerEvent.Change what, Member.Levels before, Member.Levels now) {
    return new Member.Levels(
        what == MixerEvent.Change.ENERGY ? now.energy() : before.energy(),
        what == MixerEvent.Change.TALK_VOLUME ? now.talkVolume() : before.talkVolume(),
        what == MixerEvent.Change.LISTEN_VOLUME ? now.listenVolume() : before.listenVolume());
  }

  private boolean floor(Optional<CallId> holder) {
    boolean changes = !floor.equals(holder);
    floor.ifPresent(
        call -> members.computeIfPresent(call, (id, was) -> was.with(Member.Flag.FLOOR, false)));
    holder.ifPresent(
        call -> members.computeIfPresent(call, (id, was) -> was.with(Member.Flag.FLOOR, true)));
    floor = holder.filter(members::containsKey);
    return changes;
  }
}
