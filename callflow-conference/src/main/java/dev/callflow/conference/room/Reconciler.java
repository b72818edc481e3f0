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
 * Compares the known state of a room with the mixer's snapshots and finds the events that were
 * missed. It only finds them; {@link RoomState} applies and publishes them. Guarded by the {@link
 * Room}.
 */
final class Reconciler {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final RoomId room;
  private final RoomInstances instances;
  private Set<Difference.Key> suspected = Set.of();

  /**
   * True if a caller of this process has entered the room and the mixer has not reported the end of
   * the room since then.
   */
  private boolean doubtful;

  Reconciler(RoomId room, RoomInstances instances) {
    this.room = room;
    this.instances = instances;
  }

  /**
   * Called when a caller of this process has entered the room. The room must therefore exist in the
   * mixer, even if no event has reported its creation.
   */
  void callerEntered() {
    doubtful = true;
  }

  /** Called when the mixer reports that the room has ended. */
  void destroyed() {
    doubtful = false;
  }

  /** Returns whether the mixer must be queried before the room can be forgotten. */
  boolean isDoubtful() {
    return doubtful;
  }

  /**
   * Runs the first comparison. Differences may disappear when events that are on their way arrive,
   * so only those that a {@linkplain #compareAgain second comparison} confirms are repaired.
   *
   * @return whether there are differences
   */
  boolean compare(SnapshotReply reply) {
    if (reply instanceof SnapshotReply.NoSuchRoom && instances.isEmpty()) {
      doubtful = false;
    }
    suspected =
        differences(reply).stream().map(Difference::key).collect(Collectors.toUnmodifiableSet());
    return !suspected.isEmpty();
  }

  /**
   * Runs the second comparison. Returns the differences that both comparisons have found, in the
   * order in which they must be repaired.
   */
  List<Difference> compareAgain(SnapshotReply reply) {
    Set<Difference.Key> before = suspected;
    suspected = Set.of();
    return differences(reply).stream()
        .filter(difference -> before.contains(difference.key()))
        .toList();
  }

  /**
   * Opens the instance of a room that was already running; returns the state of the room as
   * differences to repair.
   */
  List<Difference> adopt(MixerSnapshot snapshot) {
    instances.opened(snapshot.instance(), snapshot.since());
    return differences(new SnapshotReply.Shown(snapshot));
  }

  /**
   * Called when the mixer and its rooms are gone; returns the events that the mixer could not send.
   */
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
      case SnapshotReply.Shown(MixerSnapshot snapshot) ->
          Difference.between(room, instances.all(), Optional.of(snapshot));
      case SnapshotReply.NoSuchRoom none ->
          Difference.between(room, instances.all(), Optional.empty());
      case SnapshotReply.NoAnswer(String why) -> {
        LOG.warn("room {}: cannot compare its state with the mixer's: {}", room, why);
        yield List.of();
      }
    };
  }
}
