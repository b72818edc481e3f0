package dev.callflow.conference.room;

import static dev.callflow.conference.room.Caller.caller;
import static dev.callflow.conference.room.Sample.INSTANCE;
import static dev.callflow.conference.room.Sample.OPEN;
import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.changed;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.destroyed;
import static dev.callflow.conference.room.Sample.member;
import static dev.callflow.conference.room.Sample.recordFrom;
import static dev.callflow.conference.room.Sample.removed;
import static dev.callflow.conference.room.Sample.requireModerator;
import static dev.callflow.conference.room.Sample.seats;
import static dev.callflow.conference.room.Sample.shown;
import static dev.callflow.conference.room.Sample.waitForModerator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.kept.OperatorSettings.BanResult;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.conference.room.JoinDecision.DenyReason;
import dev.callflow.conference.room.JoinDecision.Refused;
import dev.callflow.conference.room.JoinDecision.Seated;
import dev.callflow.conference.room.JoinDecision.Waiting;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a room reacts to callers, operators and the mixer's events. */
class RoomStateTests {

  private static final Member ALICE = member("alice", 1);
  private static final Member BOB = member("bob", 2);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final RecordedEffects effects = new RecordedEffects();
  private final List<RoomEvent> events = new ArrayList<>();
  private Instant now = Sample.START;
  private final RoomState room = new RoomState(ROOM, events::add, effects, 3, () -> now, 100);

  private void mixer(MixerEvent event) {
    room.onEvent((MixerEvent.InRoom) event);
  }

  private Caller isIn(Caller caller, JoinRequest.Rules rules) {
    assertThat(room.join(caller.request(rules))).isEqualTo(new Seated());
    room.entered(caller.call);
    return caller;
  }

  private List<MixerEvent.InRoom> happened() {
    return events.stream()
        .filter(RoomEvent.Happened.class::isInstance)
        .map(event -> ((RoomEvent.Happened) event).event())
        .toList();
  }

  private List<Notice> notices() {
    return events.stream()
        .filter(RoomEvent.Noted.class::isInstance)
        .map(event -> ((RoomEvent.Noted) event).note())
        .toList();
  }

  // ---- mixer events

  @Test
  void eventsArePublishedInOrderWithRisingVersions() {
    mixer(created());
    mixer(added(ALICE));
    mixer(changed(Change.MUTED, ALICE));
    mixer(removed(ALICE));
    mixer(destroyed());
    assertThat(happened())
        .containsExactly(
            (MixerEvent.InRoom) created(),
            added(ALICE),
            changed(Change.MUTED, ALICE.with(Member.Flag.MUTED, true)),
            removed(ALICE.with(Member.Flag.MUTED, true)),
            destroyed());
    assertThat(events)
        .extracting(event -> ((RoomEvent.Happened) event).version())
        .containsExactly(101L, 102L, 103L, 104L, 105L);
  }

  /** A late event of an instance that has ended makes it seem to run until the next comparison. */
  @Test
  void theLockOfTheInstanceThatRemainsCounts() {
    mixer(created());
    mixer(new MixerEvent.Created(ROOM, "late"));
    mixer(new MixerEvent.Locked(ROOM, INSTANCE, true));
    mixer(new MixerEvent.Destroyed(ROOM, "late"));
    assertThat(room.snapshot().locked()).isTrue();
  }

  @Test
  void repeatedMixerEventsArePublishedOnce() {
    mixer(created());
    mixer(created());
    mixer(added(ALICE));
    mixer(added(ALICE));
    mixer(changed(Change.MUTED, ALICE));
    mixer(changed(Change.MUTED, ALICE));
    mixer(removed(ALICE));
    mixer(removed(ALICE));
    assertThat(happened()).hasSize(4);
  }

  @Test
  void aRoomWhoseCreationWasMissedStartsWithItsFirstMember() {
    mixer(added(ALICE));
    assertThat(happened()).containsExactly((MixerEvent.InRoom) created(), added(ALICE));
  }

  @Test
  void anEndedInstanceDoesNotStartAgain() {
    mixer(created());
    mixer(destroyed());
    mixer(added(ALICE));
    mixer(created());
    assertThat(happened()).containsExactly((MixerEvent.InRoom) created(), destroyed());
    assertThat(room.isOver()).isTrue();
  }

  @Test
  void aMemberMutedMidSpeechIsNotTalking() {
    mixer(created());
    mixer(added(ALICE));
    mixer(changed(Change.TALKING, ALICE));
    mixer(changed(Change.MUTED, ALICE));
    assertThat(room.member(call("alice")).orElseThrow().talking()).isFalse();
    mixer(changed(Change.TALKING, ALICE));
    assertThat(room.member(call("alice")).orElseThrow().talking()).isFalse();
  }

  @Test
  void aKickByTheMixerIsRecordedAsTheReason() {
    isIn(caller("alice"), OPEN);
    mixer(created());
    mixer(added(ALICE));
    mixer(changed(Change.KICKED, ALICE));
    assertThat(room.departure(call("alice"))).contains(LeaveReason.KICKED);
  }

  @Test
  void theReasonIsPublishedAlsoIfTheMixerReportsLaterThanTheCallThatAMemberHasLeft() {
    isIn(caller("alice"), OPEN);
    mixer(created());
    mixer(added(ALICE));
    room.departs(call("alice"), LeaveReason.KICKED);
    room.leave(call("alice"));
    mixer(removed(ALICE));
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            RoomEvent.Happened.class,
            it -> assertThat(it.departure()).contains(LeaveReason.KICKED));
  }

  @Test
  void theReasonOfAnEarlierVisitIsForgotten() {
    isIn(caller("alice"), OPEN);
    mixer(created());
    mixer(added(ALICE));
    room.departs(call("alice"), LeaveReason.KICKED);
    room.leave(call("alice"));
    mixer(removed(ALICE));
    isIn(caller("alice"), OPEN);
    mixer(added(ALICE));
    mixer(removed(ALICE));
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            RoomEvent.Happened.class, it -> assertThat(it.departure()).isEmpty());
  }

  @Test
  void membersLeaveBecauseTheRoomEnds() {
    isIn(caller("alice"), OPEN);
    mixer(created());
    mixer(added(ALICE));
    PendingCondition departing =
        new PendingCondition(
            ROOM, new Condition.Departing(call("alice")), TimeSource.system().inbox(1));
    room.expect(departing);
    mixer(destroyed());
    assertThat(room.leave(call("alice"))).contains(LeaveReason.ENDED);
    assertThat(departing.await(Duration.ZERO)).contains(Condition.Result.MET);
  }

  @Test
  void theEndOfTheRoomStopsDialling() {
    mixer(created());
    room.invite(caller("leg").dialled(OPEN));
    mixer(destroyed());
    assertThat(effects.done).containsExactly("cancel leg");
  }

  @Test
  void operatorSettingsEndWithTheRoom() {
    mixer(created());
    room.ban("1001");
    room.limit(1);
    room.variables(Map.of("topic", "budget"));
    mixer(destroyed());
    assertThat(room.snapshot().variables()).isEmpty();
    assertThat(room.snapshot().maxMembers()).isEmpty();
    assertThat(room.join(caller("alice").number("1001").request(OPEN))).isEqualTo(new Seated());
  }

  @Test
  void operatorSettingsLastWhileAnotherInstanceRuns() {
    mixer(new MixerEvent.Created(ROOM, "i-0"));
    mixer(created());
    room.limit(7);
    mixer(new MixerEvent.Destroyed(ROOM, "i-0"));
    assertThat(room.snapshot().maxMembers()).isEqualTo(OptionalInt.of(7));
  }

  // ---- moderators

  @Test
  void waitingCallersAreSeatedWhenTheModeratorHasEntered() {
    Caller alice = caller("alice");
    assertThat(room.join(alice.request(waitForModerator()))).isEqualTo(new Waiting());
    assertThat(room.snapshot().waiting()).hasSize(1);
    room.join(caller("boss").moderator().request(waitForModerator()));
    assertThat(alice.received).isEmpty();
    room.entered(call("boss"));
    assertThat(alice.received).containsExactly(new Seated());
  }

  @Test
  void waitingCallersAreSeatedWhenAModeratorJoinsWithoutASeat() {
    Caller alice = caller("alice");
    room.join(alice.request(waitForModerator()));
    mixer(added(member("boss", 9).with(Member.Flag.MODERATOR, true)));
    assertThat(alice.received).containsExactly(new Seated());
  }

  @Test
  void waitingCallersAreSeatedWhenAnOperatorMakesAMemberAModerator() {
    mixer(added(BOB));
    Caller alice = caller("alice");
    room.join(alice.request(waitForModerator()));
    assertThat(room.role(call("bob"), true)).isTrue();
    assertThat(alice.received).containsExactly(new Seated());
    assertThat(notices()).contains(new Notice.RoleSet(BOB.with(Member.Flag.MODERATOR, true)));
    assertThat(room.member(call("bob")).orElseThrow().moderator()).isTrue();
  }

  @Test
  void aRoleIsPublishedOnlyIfItChanges() {
    mixer(added(BOB));
    assertThat(room.role(call("bob"), false)).isTrue();
    assertThat(room.role(call("nobody"), true)).isFalse();
    assertThat(notices()).isEmpty();
  }

  @Test
  void theVersionRisesWhenAWaitingCallerComesAndGoes() {
    long before = room.snapshot().version();
    room.join(caller("alice").request(waitForModerator()));
    room.join(caller("alice").request(waitForModerator()));
    assertThat(room.snapshot().version()).isEqualTo(before + 1);
    room.leave(call("alice"));
    assertThat(room.snapshot().version()).isEqualTo(before + 2);
  }

  @Test
  void aRoomThatRequiresAModeratorEndsAfterTheGraceTime() {
    isIn(caller("boss").moderator(), requireModerator(GRACE));
    isIn(caller("alice"), requireModerator(GRACE));
    room.leave(call("boss"));
    assertThat(room.endsAt()).isEqualTo(now.plus(GRACE));
    room.end();
    assertThat(effects.done).containsExactly("kick alice");
    assertThat(room.departure(call("alice"))).contains(LeaveReason.ENDED);
    assertThat(room.endsAt()).isNull();
  }

  @Test
  void aModeratorWhoJoinsInTimeKeepsTheRoomOpen() {
    isIn(caller("boss").moderator(), requireModerator(GRACE));
    isIn(caller("alice"), requireModerator(GRACE));
    room.leave(call("boss"));
    isIn(caller("deputy").moderator(), requireModerator(GRACE));
    assertThat(room.endsAt()).isNull();
  }

  @Test
  void aRoomContinuesWhileItHasAnotherModerator() {
    isIn(caller("boss").moderator(), requireModerator(GRACE));
    isIn(caller("deputy").moderator(), requireModerator(GRACE));
    room.leave(call("boss"));
    assertThat(room.endsAt()).isNull();
  }

  @Test
  void aRoomThatRequiresNoModeratorContinues() {
    isIn(caller("boss").moderator(), OPEN);
    isIn(caller("alice"), OPEN);
    room.leave(call("boss"));
    assertThat(room.endsAt()).isNull();
  }

  @Test
  void aModeratorWhoNeverEnteredDoesNotEndTheRoom() {
    isIn(caller("boss").moderator(), requireModerator(GRACE));
    isIn(caller("alice"), requireModerator(GRACE));
    room.departs(call("boss"), LeaveReason.LEFT);
    room.join(caller("deputy").moderator().request(requireModerator(GRACE)));
    room.leave(call("deputy"));
    assertThat(room.endsAt()).isNull();
  }

  @Test
  void anEmptyRoomIsNotEnded() {
    isIn(caller("boss").moderator(), requireModerator(GRACE));
    room.leave(call("boss"));
    assertThat(room.endsAt()).isNull();
  }

  @Test
  void theRoomEndsAfterAModeratorWithoutASeatHasLeft() {
    isIn(caller("deputy").moderator(), requireModerator(GRACE));
    isIn(caller("alice"), requireModerator(GRACE));
    mixer(added(member("boss", 9).with(Member.Flag.MODERATOR, true)));
    room.leave(call("deputy"));
    assertThat(room.endsAt()).isNull();
    mixer(removed(member("boss", 9)));
    assertThat(room.endsAt()).isEqualTo(now.plus(GRACE));
  }

  @Test
  void theRulesOfTheFirstCallerApplyToTheRoom() {
    isIn(caller("boss").moderator(), OPEN);
    isIn(caller("alice"), requireModerator(GRACE));
    room.leave(call("boss"));
    assertThat(room.endsAt()).isNull();
  }

  // ---- recording

  @Test
  void theRecordingStartsOnceAtTheConfiguredNumberOfMembers() {
    room.join(caller("alice").request(recordFrom(2)));
    mixer(added(ALICE));
    mixer(added(member("ghost", 8).with(Member.Flag.GHOST, true)));
    assertThat(effects.done).isEmpty();
    mixer(added(BOB));
    mixer(removed(BOB));
    mixer(added(BOB));
    assertThat(effects.done).containsExactly("record");
  }

  @Test
  void anAdoptedRoomIsNotRecordedAutomatically() {
    room.adopt(shown(ALICE, BOB), recordFrom(2));
    mixer(added(member("carol", 3)));
    assertThat(effects.done).isEmpty();
  }

  @Test
  void anAdoptedRoomIsCountedOnce() {
    room.adopt(shown(ALICE), OPEN);
    room.adopt(shown(ALICE), OPEN);
    assertThat(effects.adopted).isEqualTo(1);
  }

  // ---- operators

  @Test
  void bansLimitsAndVariablesArePublishedWhenTheyChange() {
    room.ban("1001");
    room.ban("1001");
    room.unban("1001");
    room.unban("1001");
    room.limit(5);
    room.limit(5);
    room.variables(Map.of("topic", "budget", "place", "here"));
    room.variables(Map.of("place", ""));
    assertThat(notices())
        .containsExactly(
            new Notice.BanSet("1001", true),
            new Notice.BanSet("1001", false),
            new Notice.LimitSet(5),
            new Notice.VariablesSet(),
            new Notice.VariablesSet());
    assertThat(room.snapshot().variables()).containsExactly(Map.entry("topic", "budget"));
  }

  @Test
  void aMoveIsPublishedIfTheMemberCanBeMoved() {
    RoomId other = new RoomId(ROOM.account(), "other");
    Move move = new Move(other, Set.of());
    assertThat(room.moves(call("alice"), move)).isFalse();
    isIn(caller("alice"), OPEN);
    assertThat(room.moves(call("alice"), move)).isTrue();
    assertThat(notices()).containsExactly(new Notice.Moving(call("alice"), other));
    assertThat(room.next(call("alice"))).contains(move);
    assertThat(room.leave(call("alice"))).contains(LeaveReason.MOVED);
  }

  // ---- missed events

  @Test
  void aDifferenceFoundTwiceIsRepairedAndPublishedWithItsCause() {
    mixer(created());
    mixer(added(ALICE));
    events.clear();
    assertThat(room.compare(shown())).isTrue();
    assertThat(events).isEmpty();
    room.compareAgain(shown());
    assertThat(events)
        .containsExactly(new RoomEvent.Repaired(removed(ALICE), RepairCause.GHOST, 103));
    assertThat(room.member(call("alice"))).isEmpty();
  }

  @Test
  void aRunningRoomIsAdopted() {
    SnapshotReply shown =
        new SnapshotReply.Shown(
            new MixerSnapshot(
                ROOM,
                INSTANCE,
                Sample.START.minusSeconds(60),
                true,
                false,
                List.of(ALICE),
                Set.of(),
                Map.of("topic", "budget")));
    room.adopt(shown, OPEN);
    RoomSnapshot snapshot = room.snapshot();
    assertThat(snapshot.instance()).contains(INSTANCE);
    assertThat(snapshot.since()).isEqualTo(Sample.START.minusSeconds(60));
    assertThat(snapshot.locked()).isTrue();
    assertThat(snapshot.members()).containsExactly(ALICE);
    assertThat(snapshot.variables()).containsExactly(Map.entry("topic", "budget"));
    room.adopt(shown(ALICE, BOB), OPEN);
    assertThat(room.snapshot().members())
        .as("members after a second adoption")
        .containsExactly(ALICE);
  }

  @Test
  void theMembersAndTheRoomAreLostWithTheMixer() {
    isIn(caller("alice"), OPEN);
    mixer(created());
    mixer(added(ALICE));
    events.clear();
    room.mixerIsGone();
    assertThat(events)
        .containsExactly(
            new RoomEvent.Lost(removed(ALICE), MixerLoss.MIXER_RESTARTED, 103),
            new RoomEvent.Lost(destroyed(), MixerLoss.MIXER_RESTARTED, 104));
    assertThat(room.leave(call("alice"))).contains(LeaveReason.ENDED);
    assertThat(room.isOver()).isTrue();
  }

  // ---- the end of a room

  @Test
  void aRoomIsOverWhenNoCallerNoConditionAndNoMixerRoomIsLeft() {
    assertThat(room.isOver()).isTrue();
    room.join(caller("alice").request(waitForModerator()));
    assertThat(room.isOver()).as("the room is over while a caller waits").isFalse();
    room.leave(call("alice"));
    assertThat(room.isOver()).isTrue();
    PendingCondition in =
        new PendingCondition(ROOM, new Condition.In(call("alice")), TimeSource.system().inbox(1));
    room.expect(in);
    assertThat(room.isOver()).as("the room is over while a condition is pending").isFalse();
    room.forget(in);
    assertThat(room.isOver()).isTrue();
    mixer(created());
    assertThat(room.isOver()).as("the room is over while the mixer has it").isFalse();
  }

  @Test
  void aRoomWhoseEventsAreMissingIsInDoubtUntilASnapshotArrives() {
    isIn(caller("alice"), OPEN);
    room.leave(call("alice"));
    assertThat(room.isOver()).isFalse();
    assertThat(room.isInDoubt()).isTrue();
    assertThat(room.isComparable()).isTrue();
    room.compare(new SnapshotReply.NoSuchRoom());
    assertThat(room.isInDoubt()).isFalse();
    assertThat(room.isOver()).isTrue();
  }

  @Test
  void aSnapshotShowsMembersWaitingCallersAndRingingLegs() {
    mixer(created());
    mixer(added(ALICE));
    isIn(caller("boss").moderator(), waitForModerator());
    room.departs(call("boss"), LeaveReason.LEFT);
    room.join(caller("carol").request(waitForModerator()));
    room.invite(caller("leg").dialled(seats(9)));
    RoomSnapshot snapshot = room.snapshot();
    assertThat(snapshot.room()).isEqualTo(ROOM);
    assertThat(snapshot.members()).containsExactly(ALICE);
    assertThat(snapshot.waiting()).hasSize(1);
    assertThat(snapshot.ringing()).containsExactly(call("leg"));
    assertThat(snapshot.locked()).isFalse();
    assertThat(snapshot.recording()).isFalse();
  }

  @Test
  void aDialledMemberIsShownWithTheDialledNumber() {
    room.invite(caller("leg").number("2001").dialled(OPEN));
    mixer(added(member("leg", 3)));
    assertThat(room.member(call("leg")).orElseThrow().callerNumber()).isEqualTo("2001");
  }

  @Test
  void aFullRoomRefusesAnInvitation() {
    room.limit(1);
    isIn(caller("alice"), OPEN);
    assertThat(room.invite(caller("bob").invitation(OPEN))).isEqualTo(new Refused(DenyReason.FULL));
  }

  // ---- callers outside

  private static final IncomingCall INCOMING =
      new IncomingCall("5000", "1001", "Alice", Optional.empty(), Map.of());

  @Test
  void aCallerAtTheDoorKeepsTheConference() {
    room.arrive(call("alice"), INCOMING);
    assertThat(room.isOver()).isFalse();
    room.limit(1);
    room.goAway(call("alice"));
    assertThat(room.isOver()).isTrue();
    assertThat(room.snapshot().maxMembers()).isEmpty();
  }

  @Test
  void settingsLastUntilACallerWhoseConnectionWasLostIsBack() {
    room.arrive(call("alice"), INCOMING);
    room.join(caller("alice").request(waitForModerator()));
    room.limit(1);
    assertThat(room.connectionLost(call("alice"), now.plusSeconds(40))).isTrue();
    room.leave(call("alice"));
    room.goAway(call("alice"));
    assertThat(room.isOver()).isFalse();
    assertThat(room.settingsDue().callers()).containsExactly(call("alice"));
    room.arrive(call("alice"), INCOMING);
    now = now.plusSeconds(40);
    room.stopExpecting();
    assertThat(room.snapshot().maxMembers()).hasValue(1);
    room.goAway(call("alice"));
    assertThat(room.isOver()).isTrue();
    assertThat(room.snapshot().maxMembers()).isEmpty();
  }

  @Test
  void settingsEndIfACallerWhoseConnectionWasLostDoesNotComeBack() {
    room.arrive(call("alice"), INCOMING);
    room.limit(1);
    room.connectionLost(call("alice"), now.plusSeconds(20));
    room.connectionLost(call("alice"), now.plusSeconds(40));
    room.goAway(call("alice"));
    now = now.plusSeconds(20);
    room.stopExpecting();
    assertThat(room.snapshot().maxMembers()).as("the limit 20 seconds later").hasValue(1);
    now = now.plusSeconds(20);
    room.stopExpecting();
    assertThat(room.isOver()).isTrue();
    assertThat(room.snapshot().maxMembers()).isEmpty();
  }

  @Test
  void aMemberWhoseConnectionIsLostIsNotExpected() {
    isIn(caller("alice"), OPEN);
    mixer(created());
    mixer(added(ALICE));
    assertThat(room.connectionLost(call("alice"), now.plusSeconds(40))).isFalse();
    room.leave(call("alice"));
    mixer(removed(ALICE));
    mixer(destroyed());
    assertThat(room.isOver()).isTrue();
  }

  @Test
  void nobodyIsExpectedAfterTheMixerHasRestarted() {
    room.arrive(call("alice"), INCOMING);
    room.connectionLost(call("alice"), now.plusSeconds(40));
    room.goAway(call("alice"));
    room.mixerIsGone();
    assertThat(room.isOver()).isTrue();
  }

  @Test
  void settingsMadeWhileCallersAreOutsideAreGivenToTheMixersRoom() {
    room.arrive(call("alice"), INCOMING);
    assertThat(room.changeOutside(state -> state.lockOutside(true))).isTrue();
    assertThat(room.changeOutside(state -> state.variables(Map.of("topic", "budget")))).isTrue();
    assertThat(room.changeOutside(state -> state.limit(5))).isTrue();
    room.ban("1002");
    assertThat(room.snapshot().locked()).isTrue();
    mixer(created());
    String ban = KeptVariables.ban("1002", true).toString().replaceAll("[{}]", "");
    assertThat(effects.done)
        .containsExactly(
            "carry Lock[on=true]",
            "carry MaxMembers[max=OptionalInt[15]]",
            "carry {" + ban + ", callflow_limit=5, topic=budget}",
            "carry {callflow_revision=104}");
    assertThat(room.snapshot().locked()).isTrue();
    assertThat(notices().getFirst()).isEqualTo(new Notice.LockSet(true));
    assertThat(room.changeOutside(state -> state.limit(6))).isFalse();
    mixer(Sample.locked(true));
    assertThat(happened()).containsExactly((MixerEvent.InRoom) created());
  }

  @Test
  void aLockThatTheMixerDidNotGetIsRepaired() {
    room.arrive(call("alice"), INCOMING);
    room.lockOutside(true);
    mixer(created());
    assertThat(room.compare(shown())).isTrue();
    room.compareAgain(shown());
    assertThat(room.snapshot().locked()).as("while the lock is on its way").isTrue();
    room.carried();
    assertThat(room.compare(shown())).isTrue();
    room.compareAgain(shown());
    assertThat(room.snapshot().locked()).isFalse();
  }

  @Test
  void settingsLastWhileACallerWaitsAfterTheMixersRoomHasEnded() {
    mixer(created());
    mixer(added(BOB));
    room.join(caller("carol").request(waitForModerator()));
    mixer(Sample.locked(true));
    room.ban("1001");
    mixer(removed(BOB));
    mixer(destroyed());
    assertThat(room.snapshot().locked()).isTrue();
    assertThat(room.join(caller("alice").number("1001").request(OPEN)))
        .isEqualTo(new Refused(DenyReason.BANNED));
    room.leave(call("carol"));
    assertThat(room.snapshot().locked()).isFalse();
    assertThat(room.join(caller("alice").number("1001").request(OPEN))).isEqualTo(new Seated());
  }

  @Test
  void aMemberWhoHasLeftDoesNotKeepTheSettings() {
    isIn(caller("bob"), OPEN);
    mixer(created());
    mixer(added(BOB));
    room.limit(1);
    mixer(removed(BOB));
    mixer(destroyed());
    assertThat(room.snapshot().maxMembers()).isEmpty();
  }

  @Test
  void waitingIsPublishedFromItsBeginningToItsEnd() {
    room.arrive(call("alice"), INCOMING);
    room.join(caller("alice").number("1001").request(waitForModerator()));
    room.ban("1001");
    WaitingCaller alice = new WaitingCaller(call("alice"), "Alice", "1001", now);
    assertThat(notices())
        .containsExactly(
            new Notice.WaitingBegan(alice),
            new Notice.BanSet("1001", true),
            new Notice.WaitingEnded(alice, WaitingEnd.BANNED));
  }

  @Test
  void aFurtherBanIsRefusedWhenThereAreTooMany() {
    assertThat(room.ban("1001")).isEqualTo(BanResult.ADDED);
    assertThat(room.ban("1002")).isEqualTo(BanResult.ADDED);
    assertThat(room.ban("1003")).isEqualTo(BanResult.ADDED);
    assertThat(room.ban("1004")).isEqualTo(BanResult.TOO_MANY);
    assertThat(room.ban("1003")).isEqualTo(BanResult.UNCHANGED);
    room.unban("1001");
    assertThat(room.ban("1004")).isEqualTo(BanResult.ADDED);
  }
}
