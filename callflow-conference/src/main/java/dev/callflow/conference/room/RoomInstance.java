package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the mixer has told about one life of a room: a fold over its events. Owned by the room's
 * thread; the cost of an event does not depend on the number of members.
 *
 * <p>Of an event about a member only that counts which it names: a later one may have come before
 * it, and what was missed is to be found and told by a comparison, not slipped in.
 */
final class RoomInstance {

  final String instance;
  final Instant since;
  final Map<CallId, Member> members = new LinkedHashMap<>();
  boolean locked;
  boolean recording;
  boolean autoRecorded;
  private Optional<CallId> floor = Optional.empty();

  RoomInstance(String instance, Instant since) {
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
      case MixerEvent.Added added -> add(added.member());
      case MixerEvent.Removed removed -> remove(removed.member().call());
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

  private boolean add(Member member) {
    if (members.putIfAbsent(member.call(), member) != null) {
      return false;
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
    return members.remove(call) != null;
  }

  private boolean change(MixerEvent.Changed changed) {
    Member now = changed.member();
    Member before = members.get(now.call());
    if (before == null) {
      return false;
    }
    Member after =
        switch (changed.what()) {
          case MUTED -> before.withMuted(true);
          case UNMUTED -> before.withMuted(false);
          case DEAFENED -> before.withDeaf(true);
          case UNDEAFENED -> before.withDeaf(false);
          // Whoever is muted while he talks sends no end of it, and a late beginning is none.
          case TALKING -> before.withTalking(!before.muted());
          case SILENT -> before.withTalking(false);
          case ENERGY -> before.withEnergyLevel(now.energyLevel());
          case TALK_VOLUME -> before.withTalkVolume(now.talkVolume());
          case LISTEN_VOLUME -> before.withListenVolume(now.listenVolume());
          case KICKED, OTHER -> before;
        };
    members.put(now.call(), after);
    return changed.what() == MixerEvent.Change.KICKED || !after.equals(before);
  }

  private boolean floor(Optional<CallId> holder) {
    boolean news = !floor.equals(holder);
    floor.ifPresent(call -> members.computeIfPresent(call, (id, was) -> was.withFloor(false)));
    holder.ifPresent(call -> members.computeIfPresent(call, (id, was) -> was.withFloor(true)));
    floor = holder.filter(members::containsKey);
    return news;
  }
}
