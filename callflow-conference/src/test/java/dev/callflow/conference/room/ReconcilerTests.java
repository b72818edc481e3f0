package dev.callflow.conference.room;

import static dev.callflow.conference.room.Sample.INSTANCE;
import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.destroyed;
import static dev.callflow.conference.room.Sample.member;
import static dev.callflow.conference.room.Sample.removed;
import static dev.callflow.conference.room.Sample.shown;
import static dev.callflow.conference.room.Sample.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.RepairCause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the known state of a room is compared with the mixer's snapshots. */
class ReconcilerTests {

  private static final Member ALICE = member("alice", 1);
  private static final Member BOB = member("bob", 2);

  private final RoomInstances instances = new RoomInstances(member -> member);
  private final Reconciler reconciler = new Reconciler(ROOM, instances);

  private void known(MixerEvent... events) {
    for (MixerEvent event : events) {
      instances.fold((MixerEvent.InRoom) event, Sample.START);
    }
  }

  private List<Difference> compareTwice(SnapshotReply reply) {
    reconciler.compare(reply);
    return reconciler.compareAgain(reply);
  }

  private static Difference ghost(MixerEvent.InRoom event) {
    return new Difference(RepairCause.GHOST, event);
  }

  private static Difference missedJoin(MixerEvent event) {
    return new Difference(RepairCause.MISSED_JOIN, (MixerEvent.InRoom) event);
  }

  private static Difference missedFlag(MixerEvent.InRoom event) {
    return new Difference(RepairCause.MISSED_FLAG, event);
  }

  @Test
  void aRoomThatMatchesTheSnapshotHasNoDifferences() {
    known(created(), added(ALICE));
    assertThat(reconciler.compare(shown(ALICE))).isFalse();
    assertThat(reconciler.compareAgain(shown(ALICE))).isEmpty();
  }

  @Test
  void aMemberMissingFromTheSnapshotHasLeft() {
    known(created(), added(ALICE), added(BOB));
    assertThat(compareTwice(shown(ALICE))).containsExactly(ghost(removed(BOB)));
  }

  @Test
  void anUnknownMemberInTheSnapshotHasJoined() {
    known(created(), added(ALICE));
    assertThat(compareTwice(shown(ALICE, BOB))).containsExactly(missedJoin(added(BOB)));
  }

  @Test
  void aRoomThatTheMixerDoesNotHaveHasEnded() {
    known(created(), added(ALICE));
    assertThat(compareTwice(new SnapshotReply.NoSuchRoom()))
        .containsExactly(ghost(removed(ALICE)), ghost(destroyed()));
  }

  @Test
  void aDifferentInstanceMeansThatOneEndedAndAnotherStarted() {
    known(new MixerEvent.Created(ROOM, "i-0"));
    assertThat(compareTwice(shown(ALICE)))
        .containsExactly(
            ghost(new MixerEvent.Destroyed(ROOM, "i-0")),
            missedJoin(created()),
            missedJoin(added(ALICE)));
  }

  @Test
  void everyMissedChangeIsFound() {
    known(created(), added(ALICE), added(BOB));
    Member alice =
        ALICE
            .with(Member.Flag.MUTED, true)
            .with(Member.Flag.DEAF, true)
            .withLevels(new Member.Levels(700, 1, -1));
    Member bob = BOB.with(Member.Flag.TALKING, true);
    assertThat(compareTwice(shown(alice, bob)))
        .containsExactly(
            missedFlag(new MixerEvent.Changed(ROOM, INSTANCE, Change.MUTED, alice)),
            missedFlag(new MixerEvent.Changed(ROOM, INSTANCE, Change.DEAFENED, alice)),
            missedFlag(new MixerEvent.Changed(ROOM, INSTANCE, Change.ENERGY, alice)),
            missedFlag(new MixerEvent.Changed(ROOM, INSTANCE, Change.TALK_VOLUME, alice)),
            missedFlag(new MixerEvent.Changed(ROOM, INSTANCE, Change.LISTEN_VOLUME, alice)),
            missedFlag(new MixerEvent.Changed(ROOM, INSTANCE, Change.TALKING, bob)));
  }

  @Test
  void muteAndDeafAreNotComparedForMembersOnHold() {
    known(created(), added(ALICE));
    MixerSnapshot held =
        snapshot(
            Set.of(call("alice")),
            ALICE.with(Member.Flag.MUTED, true).with(Member.Flag.DEAF, true));
    assertThat(compareTwice(new SnapshotReply.Shown(held))).isEmpty();
  }

  @Test
  void floorLockAndRecordingAreCompared() {
    known(created(), added(ALICE));
    MixerSnapshot shown =
        new MixerSnapshot(
            ROOM,
            INSTANCE,
            Sample.START,
            true,
            true,
            List.of(ALICE.with(Member.Flag.FLOOR, true)),
            Set.of(),
            Map.of());
    assertThat(compareTwice(new SnapshotReply.Shown(shown)))
        .containsExactly(
            missedFlag(new MixerEvent.FloorChanged(ROOM, INSTANCE, Optional.of(call("alice")))),
            missedFlag(new MixerEvent.Locked(ROOM, INSTANCE, true)),
            missedFlag(new MixerEvent.RecordingStarted(ROOM, INSTANCE, "", false)));
  }

  @Test
  void aDifferenceMissingFromTheSecondComparisonIsIgnored() {
    known(created(), added(ALICE), added(BOB));
    assertThat(reconciler.compare(shown(ALICE))).isTrue();
    assertThat(reconciler.compareAgain(shown(ALICE, BOB))).isEmpty();
  }

  @Test
  void aDifferenceFoundOnlyByTheSecondComparisonIsIgnored() {
    known(created(), added(ALICE), added(BOB));
    assertThat(reconciler.compare(shown(ALICE, BOB))).isFalse();
    assertThat(reconciler.compareAgain(shown(ALICE))).isEmpty();
    assertThat(compareTwice(shown(ALICE))).containsExactly(ghost(removed(BOB)));
  }

  @Test
  void eachSecondComparisonNeedsItsOwnFirstComparison() {
    known(created(), added(ALICE), added(BOB));
    reconciler.compare(shown(ALICE));
    reconciler.compareAgain(shown(ALICE, BOB));
    assertThat(reconciler.compareAgain(shown(ALICE))).isEmpty();
  }

  @Test
  void anotherChangeBetweenTheComparisonsDoesNotHideADifference() {
    known(created(), added(ALICE));
    reconciler.compare(shown(ALICE.with(Member.Flag.MUTED, true)));
    Member later = ALICE.with(Member.Flag.MUTED, true).withLevels(new Member.Levels(900, 0, 0));
    assertThat(reconciler.compareAgain(shown(later)))
        .containsExactly(missedFlag(new MixerEvent.Changed(ROOM, INSTANCE, Change.MUTED, later)));
  }

  @Test
  void withoutASnapshotThereAreNoDifferences() {
    known(created(), added(ALICE));
    assertThat(compareTwice(new SnapshotReply.NoAnswer("link is down"))).isEmpty();
  }

  @Test
  void aRunningRoomIsAdoptedWithItsMembers() {
    assertThat(reconciler.adopt(snapshot(Set.of(), ALICE)))
        .containsExactly(missedJoin(added(ALICE)));
    assertThat(instances.current().orElseThrow().since).isEqualTo(Sample.START);
  }

  @Test
  void aMixerThatIsGoneLosesItsMembersAndTheRoom() {
    known(created(), added(ALICE));
    assertThat(reconciler.mixerIsGone()).containsExactly(removed(ALICE), destroyed());
  }

  @Test
  void aRoomIsDoubtfulFromACallersEntryUntilTheMixerReportsItsEnd() {
    assertThat(reconciler.isDoubtful()).isFalse();
    reconciler.callerEntered();
    assertThat(reconciler.isDoubtful()).isTrue();
    reconciler.destroyed();
    assertThat(reconciler.isDoubtful()).isFalse();

    reconciler.callerEntered();
    reconciler.compare(new SnapshotReply.NoAnswer("link is down"));
    assertThat(reconciler.isDoubtful()).isTrue();
    reconciler.compare(new SnapshotReply.NoSuchRoom());
    assertThat(reconciler.isDoubtful()).isFalse();

    reconciler.callerEntered();
    reconciler.mixerIsGone();
    assertThat(reconciler.isDoubtful()).isFalse();
  }
}
