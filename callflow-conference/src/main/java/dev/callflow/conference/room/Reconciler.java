package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a room with what the mixer shows, and finds the events that were missed. It decides, and
 * {@link RoomState} applies and publishes what it finds. Owned by the room's thread.
 */
final class Reconciler {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final RoomId room;
  private final RoomInstances instances;
  private Set<Difference.Key> suspected = Set.of();

  /** A caller of ours was in, and the mixer has reported neither the room nor its end since. */
  private boolean doubtful;

  Reconciler(RoomId room, RoomInstances instances) {
    this.room = room;
    this.instances = instances;
  }

  /** A caller of ours is in: the mixer must have the room, whether it has said so or not. */
  void callerIsIn() {
    doubtful = true;
  }

  /** The mixer says that the room has ended. */
  void destroyed() {
    doubtful = false;
  }

  /** Tells whether the mixer must be asked before the room can be forgotten. */
  boolean isDoubtful() {
    return doubtful;
  }

  /**
   * Looks for differences for the first time. An event on its way may explain a difference, so only
   * a {@link #lookAgain second look} repairs it.
   *
   * @return whether there are any
   */
  boolean look(SnapshotReply reply) {
    if (reply instanceof SnapshotReply.NoSuchRoom && instances.isEmpty()) {
      doubtful = false;
    }
    suspected =
        differences(reply).stream().map(Difference::key).collect(Collectors.toUnmodifiableSet());
    return !suspected.isEmpty();
  }

  /** Returns the differences that both looks have found, to be repaired in this order. */
  List<Difference> lookAgain(SnapshotReply reply) {
    Set<Difference.Key> before = suspected;
    suspected = Set.of();
    return differences(reply).stream()
        .filter(difference -> before.contains(difference.key()))
        .toList();
  }

  /** Opens the instance of a room that is running already; returns what there is in it. */
  List<Difference> adopt(MixerSnapshot shown) {
    instances.opened(shown.instance(), shown.since());
    return differences(new SnapshotReply.Shown(shown));
  }

  /** The mixer is gone and its rooms with it; returns the events that it cannot send any more. */
  List<MixerEvent.InRoom> mixerIsGone() {
    doubtful = false;
    List<MixerEvent.InRoom> lost = new ArrayList<>();
    for (RoomInstance instance : instances.all()) {
      for (Member member : instance.members.values()) {
        lost.add(new MixerEvent.Removed(room, instance.id, member));
      }
      lost.add(new MixerEvent.Destroyed(room, instance.id));
    }
    return lost;
  }

  private List<Difference> differences(SnapshotReply reply) {
    return switch (reply) {
      case SnapshotReply.Shown(MixerSnapshot shown) ->
          Difference.between(room, instances.all(), Optional.of(shown));
      case SnapshotReply.NoSuchRoom none ->
          Difference.between(room, instances.all(), Optional.empty());
      case SnapshotReply.NoAnswer(String why) -> {
        LOG.warn("room {} cannot be compared with the mixer: {}", room, why);
        yield List.of();
      }
    };
  }
}
