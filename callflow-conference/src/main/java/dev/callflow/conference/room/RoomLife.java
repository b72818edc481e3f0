package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the mixer has told about one life of a room: a fold over its events. Owned by the room's
 * thread; the cost of an event does not depend on the number of members.
 */
final class RoomLife {

  final String instance;
  final Instant since;
  final Map<CallId, Member> members = new LinkedHashMap<>();
  boolean locked;
  boolean recording;
  boolean autoRecorded;
  private Optional<CallId> floor = Optional.empty();

  RoomLife(String instance, Instant since) {
    this.instance = instance;
    this.since = since;
  }

  boolean hasAtLeast(int least) {
    return members.values().stream().filter(member -> !member.ghost()).limit(least).count()
        == least;
  }

  /**
   * Takes in an event of this life.
   *
   * @return whether it says anything new; mixers repeat themselves
   */
  boolean take(MixerEvent.InRoom event) {
    return switch (event) {
      case MixerEvent.Created created -> true;
      case MixerEvent.Destroyed destroyed -> true;
      case MixerEvent.Added added ->
          members.putIfAbsent(added.member().call(), added.member()) == null;
      case MixerEvent.Removed removed -> members.remove(removed.member().call()) != null;
      case MixerEvent.Changed changed -> change(changed);
      case MixerEvent.FloorChanged changed -> floor(changed.holder());
      case MixerEvent.Locked lock -> {
        boolean news = locked != lock.on();
        locked = lock.on();
        yield news;
      }
      case MixerEvent.PlayStarted play -> true;
      case MixerEvent.PlayEnded play -> true;
      case MixerEvent.RecordingStarted started -> {
        boolean news = !recording || started.failed();
        recording |= !started.failed();
        yield news;
      }
      case MixerEvent.RecordingStopped stopped -> {
        recording = false;
        yield true;
      }
    };
  }

  private boolean change(MixerEvent.Changed changed) {
    Member now = changed.member();
    Member before = members.get(now.call());
    if (before == null) {
      return false;
    }
    members.put(now.call(), now);
    return switch (changed.what()) {
      case MUTED, UNMUTED -> before.muted() != now.muted();
      case DEAFENED, UNDEAFENED -> before.deaf() != now.deaf();
      case TALKING, SILENT -> before.talking() != now.talking();
      case KICKED -> true;
      case OTHER -> !before.equals(now);
    };
  }

  private boolean floor(Optional<CallId> holder) {
    boolean news = !floor.equals(holder);
    floor.ifPresent(call -> members.computeIfPresent(call, (id, was) -> was.withFloor(false)));
    holder.ifPresent(call -> members.computeIfPresent(call, (id, was) -> was.withFloor(true)));
    floor = holder;
    return news;
  }
}
