package dev.callflow.conference.room;

import static dev.callflow.conference.room.Caller.caller;
import static dev.callflow.conference.room.Sample.OPEN;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.member;
import static dev.callflow.conference.room.Sample.onDuplicate;
import static dev.callflow.conference.room.Sample.removed;
import static dev.callflow.conference.room.Sample.requireModerator;
import static dev.callflow.conference.room.Sample.seats;
import static dev.callflow.conference.room.Sample.waitForModerator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.kept.OperatorSettings;
import dev.callflow.conference.kept.OperatorSettings.BanResult;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.conference.room.JoinDecision.DenyReason;
import dev.callflow.conference.room.JoinDecision.Refused;
import dev.callflow.conference.room.JoinDecision.SeatPending;
import dev.callflow.conference.room.JoinDecision.Seated;
import dev.callflow.conference.room.JoinDecision.Waiting;
import dev.callflow.conference.room.JoinRequest.OnDuplicate;
import dev.callflow.conference.room.JoinRequest.Rules;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deciding which callers get a seat in a room. */
class SeatsTests {

  private final RecordedEffects effects = new RecordedEffects();
  private final List<CallId> departing = new ArrayList<>();
  private final RoomInstances instances = new RoomInstances(this::describe);
  private final OperatorSettings settings = new OperatorSettings(200, 1);
  private final List<String> waits = new ArrayList<>();
  private final Seats seats =
      new Seats(
          instances,
          settings,
          effects,
          new Waits(),
          departing::add,
          InstantSource.fixed(Sample.START));

  private final class Waits implements Seats.WaitingListener {
    @Override
    public void began(WaitingCaller caller) {
      waits.add(caller.call() + " waits");
    }

    @Override
    public void ended(WaitingCaller caller, WaitingEnd reason) {
      waits.add(caller.call() + " " + reason.key());
    }
  }

  private Member describe(Member member) {
    return seats.describe(member);
  }

  private void mixer(MixerEvent event) {
    switch (instances.fold((MixerEvent.InRoom) event, Sample.START).orElse(null)) {
      case MixerEvent.Added added -> seats.added(added.member());
      case MixerEvent.Removed removed -> seats.removed(removed.member().call());
      case null, default -> {}
    }
  }

  private JoinDecision join(Caller caller, Rules rules) {
    return seats.join(caller.request(rules));
  }

  private Caller isIn(Caller caller, Rules rules) {
    assertThat(join(caller, rules)).isEqualTo(new Seated());
    seats.entered(caller.call);
    return caller;
  }

  // ---- seats

  @Test
  void aCallerTakesASeatAndReleasesIt() {
    assertThat(join(caller("alice"), OPEN)).isEqualTo(new Seated());
    assertThat(effects.seats).isEqualTo(1);
    seats.leave(call("alice"));
    assertThat(effects.seats).isZero();
    assertThat(seats.isEmpty()).isTrue();
  }

  @Test
  void aCallerWhoAsksTwiceHasOneSeat() {
    join(caller("alice"), OPEN);
    assertThat(join(caller("alice"), OPEN)).isEqualTo(new Seated());
    assertThat(effects.seats).isEqualTo(1);
  }

  @Test
  void aFullRoomRefusesCallers() {
    join(caller("alice"), seats(2));
    join(caller("bob"), seats(2));
    assertThat(join(caller("carol"), seats(2))).isEqualTo(new Refused(DenyReason.FULL));
  }

  @Test
  void exemptCallersAndGhostsNeedNoSeat() {
    join(caller("alice"), seats(1));
    assertThat(join(caller("boss").exempt(), seats(1))).isEqualTo(new Seated());
    assertThat(join(caller("ghost").ghost(), seats(1))).isEqualTo(new Seated());
    assertThat(join(caller("bob"), seats(1))).isEqualTo(new Refused(DenyReason.FULL));
  }

  @Test
  void aMemberWithoutASeatCounts() {
    mixer(created());
    mixer(added(member("stranger", 1)));
    assertThat(join(caller("alice"), seats(1))).isEqualTo(new Refused(DenyReason.FULL));
  }

  @Test
  void aMemberWithASeatCountsOnce() {
    join(caller("alice"), seats(2));
    mixer(created());
    mixer(added(member("alice", 1)));
    assertThat(join(caller("bob"), seats(2))).isEqualTo(new Seated());
  }

  @Test
  void aSeatIsFreeAsSoonAsTheCallersOwnLegHasLeft() {
    join(caller("alice"), seats(1));
    mixer(created());
    mixer(added(member("alice", 1)));
    seats.leave(call("alice"));
    assertThat(join(caller("bob"), seats(1))).isEqualTo(new Seated());
  }

  @Test
  void aSeatIsFreeAsSoonAsTheMixerReportsThatTheMemberHasLeft() {
    join(caller("alice"), seats(1));
    mixer(created());
    mixer(added(member("alice", 1)));
    mixer(removed(member("alice", 1)));
    assertThat(join(caller("bob"), seats(1))).isEqualTo(new Seated());
    seats.leave(call("alice"));
    assertThat(join(caller("carol"), seats(1))).isEqualTo(new Refused(DenyReason.FULL));
  }

  @Test
  void aMemberWhoWasReportedAsGoneByMistakeCountsAgain() {
    join(caller("alice"), seats(1));
    mixer(created());
    mixer(added(member("alice", 1)));
    mixer(removed(member("alice", 1)));
    mixer(added(member("alice", 1)));
    assertThat(join(caller("bob"), seats(1))).isEqualTo(new Refused(DenyReason.FULL));
  }

  @Test
  void anOperatorsLimitTakesPrecedenceOverTheDocuments() {
    settings.setLimit(1);
    join(caller("alice"), seats(5));
    assertThat(join(caller("bob"), seats(5))).isEqualTo(new Refused(DenyReason.FULL));
    settings.setLimit(0);
    assertThat(join(caller("carol"), seats(1))).isEqualTo(new Seated());
    settings.clear();
    assertThat(join(caller("dave"), seats(1))).isEqualTo(new Refused(DenyReason.FULL));
  }

  @Test
  void settingTheSameLimitAgainChangesNothing() {
    assertThat(settings.setLimit(3)).isTrue();
    assertThat(settings.setLimit(3)).isFalse();
    assertThat(settings.setLimit(0)).isTrue();
  }

  // ---- promised seats

  @Test
  void theSeatOfALeavingMemberIsPromisedAndGivenWhenItIsFree() {
    isIn(caller("alice"), seats(1));
    seats.departs(call("alice"), LeaveReason.KICKED);
    Caller bob = caller("bob");
    assertThat(join(bob, seats(1))).isEqualTo(new SeatPending());
    assertThat(join(bob, seats(1))).isEqualTo(new SeatPending());
    assertThat(bob.received).isEmpty();
    seats.leave(call("alice"));
    assertThat(bob.received).containsExactly(new Seated());
    assertThat(effects.seats).isEqualTo(1);
  }

  @Test
  void aPromisedSeatIsNotGivenToACallerWhoHasHungUp() {
    isIn(caller("alice"), seats(1));
    seats.departs(call("alice"), LeaveReason.KICKED);
    Caller bob = caller("bob");
    join(bob, seats(1));
    bob.hangUp();
    seats.leave(call("alice"));
    assertThat(effects.seats).isZero();
    assertThat(seats.isEmpty()).isTrue();
  }

  @Test
  void aSeatThatIsNotCountedIsNotPromised() {
    join(caller("alice"), seats(1));
    isIn(caller("boss").exempt(), seats(1));
    seats.departs(call("boss"), LeaveReason.KICKED);
    assertThat(join(caller("bob"), seats(1))).isEqualTo(new Refused(DenyReason.FULL));
  }

  @Test
  void theSecondCallerKeepsWaitingForTheSecondPromisedSeat() {
    isIn(caller("alice"), seats(2));
    isIn(caller("bob"), seats(2));
    seats.departs(call("alice"), LeaveReason.KICKED);
    seats.departs(call("bob"), LeaveReason.KICKED);
    Caller carol = caller("carol");
    Caller dave = caller("dave");
    join(carol, seats(2));
    join(dave, seats(2));
    seats.leave(call("alice"));
    assertThat(carol.received).containsExactly(new Seated());
    assertThat(dave.received).isEmpty();
    seats.leave(call("bob"));
    assertThat(dave.received).containsExactly(new Seated());
  }

  // ---- bans, locks, duplicates

  @Test
  void aBannedNumberIsRefusedHoweverItIsWritten() {
    assertThat(settings.ban("+49 30 1234")).isEqualTo(BanResult.ADDED);
    assertThat(settings.ban("0049301234")).isEqualTo(BanResult.UNCHANGED);
    assertThat(join(caller("alice").number("0049 30-1234"), OPEN))
        .isEqualTo(new Refused(DenyReason.BANNED));
    assertThat(settings.unban("49301234")).isTrue();
    assertThat(settings.unban("49301234")).isFalse();
    assertThat(join(caller("alice").number("0049 30-1234"), OPEN)).isEqualTo(new Seated());
  }

  @Test
  void withheldNumbersCannotBeBanned() {
    assertThat(settings.ban("anonymous")).isEqualTo(BanResult.UNCHANGED);
    assertThat(join(caller("alice").number("anonymous"), OPEN)).isEqualTo(new Seated());
  }

  @Test
  void bansEndWithTheRoom() {
    settings.ban("1001");
    settings.clear();
    assertThat(join(caller("alice").number("1001"), OPEN)).isEqualTo(new Seated());
  }

  @Test
  void aLockedRoomRefusesAllButExemptCallers() {
    mixer(created());
    settings.lock(true);
    assertThat(join(caller("alice"), OPEN)).isEqualTo(new Refused(DenyReason.LOCKED));
    assertThat(join(caller("boss").exempt(), OPEN)).isEqualTo(new Seated());
    settings.lock(false);
    assertThat(join(caller("bob"), OPEN)).isEqualTo(new Seated());
  }

  @Test
  void aSecondCallOfANumberIsRefusedIfConfigured() {
    Rules rules = onDuplicate(OnDuplicate.REFUSE);
    join(caller("alice").number("1001"), rules);
    assertThat(join(caller("alice2").number("1001"), rules))
        .isEqualTo(new Refused(DenyReason.DUPLICATE));
    assertThat(join(caller("bob").number("1002"), rules)).isEqualTo(new Seated());
  }

  @Test
  void callersWithoutANumberAreNotDuplicates() {
    Rules rules = onDuplicate(OnDuplicate.REFUSE);
    join(caller("alice").number(""), rules);
    assertThat(join(caller("bob").number(""), rules)).isEqualTo(new Seated());
  }

  @Test
  void aLeavingMemberIsNotADuplicate() {
    Rules rules = onDuplicate(OnDuplicate.REFUSE);
    isIn(caller("alice").number("1001"), rules);
    seats.departs(call("alice"), LeaveReason.LEFT);
    assertThat(join(caller("alice2").number("1001"), rules)).isEqualTo(new Seated());
  }

  @Test
  void aSecondCallOfANumberReplacesTheFirstIfConfigured() {
    Rules rules = onDuplicate(OnDuplicate.REPLACE);
    isIn(caller("alice").number("1001"), rules);
    assertThat(join(caller("alice2").number("1001"), rules)).isEqualTo(new Seated());
    assertThat(effects.done).containsExactly("kick alice");
    assertThat(seats.departure(call("alice"))).contains(LeaveReason.KICKED);
    assertThat(departing).containsExactly(call("alice"));
  }

  @Test
  void aSecondCallReplacesAWaitingCall() {
    Rules rules =
        new Rules(
            seats(9).seats(), OnDuplicate.REPLACE, true, false, Duration.ZERO, OPEN.recordFrom());
    Caller first = caller("alice").number("1001");
    join(first, rules);
    assertThat(join(caller("alice2").number("1001"), rules)).isEqualTo(new Waiting());
    assertThat(first.received).containsExactly(new Refused(DenyReason.KICKED));
    assertThat(seats.waiting()).hasSize(1);
  }

  // ---- moderators

  @Test
  void callersWaitForAModeratorAndAreSeatedInOrder() {
    Caller alice = caller("alice");
    Caller bob = caller("bob");
    assertThat(join(alice, waitForModerator())).isEqualTo(new Waiting());
    assertThat(join(alice, waitForModerator())).isEqualTo(new Waiting());
    assertThat(join(bob, waitForModerator())).isEqualTo(new Waiting());
    assertThat(seats.waiting()).hasSize(2);
    isIn(caller("boss").moderator(), waitForModerator());
    seats.admitWaiting();
    assertThat(alice.received).containsExactly(new Seated());
    assertThat(bob.received).containsExactly(new Seated());
    assertThat(seats.waiting()).isEmpty();
  }

  @Test
  void callersDoNotWaitWhileThereIsAModerator() {
    isIn(caller("boss").moderator(), waitForModerator());
    assertThat(join(caller("alice"), waitForModerator())).isEqualTo(new Seated());
  }

  @Test
  void aModeratorCountsOnlyFromEnteringUntilLeaving() {
    join(caller("boss").moderator(), waitForModerator());
    assertThat(join(caller("alice"), waitForModerator())).isEqualTo(new Waiting());
    seats.entered(call("boss"));
    assertThat(seats.hasModerator()).isTrue();
    seats.departs(call("boss"), LeaveReason.LEFT);
    assertThat(seats.hasModerator()).isFalse();
  }

  @Test
  void aMemberMadeModeratorByAnOperatorCounts() {
    isIn(caller("alice"), OPEN);
    mixer(created());
    mixer(added(member("alice", 1)));
    assertThat(seats.hasModerator()).isFalse();
    instances.role(call("alice"), true);
    assertThat(seats.hasModerator()).isTrue();
  }

  @Test
  void callersWhoDoNotWaitAreRefusedWithoutTheRequiredModerator() {
    assertThat(join(caller("alice"), requireModerator(Duration.ZERO)))
        .isEqualTo(new Refused(DenyReason.NO_MODERATOR));
  }

  @Test
  void bansLocksAndSeatsAreCheckedAgainAfterWaiting() {
    Caller alice = caller("alice").number("1001");
    Caller bob = caller("bob");
    join(alice, waitForModerator());
    join(bob, waitForModerator());
    settings.ban("1001");
    seats.turnAwayBanned();
    settings.setLimit(1);
    isIn(caller("boss").moderator(), waitForModerator());
    seats.admitWaiting();
    assertThat(alice.received).containsExactly(new Refused(DenyReason.BANNED));
    assertThat(bob.received).containsExactly(new Refused(DenyReason.FULL));

    Caller carol = caller("carol");
    seats.leave(call("boss"));
    join(carol, waitForModerator());
    mixer(created());
    settings.lock(true);
    seats.admitWaiting();
    assertThat(carol.received).containsExactly(new Refused(DenyReason.LOCKED));
  }

  @Test
  void aCallerWhoHangsUpWhileWaitingKeepsNoSeat() {
    Caller alice = caller("alice");
    join(alice, waitForModerator());
    alice.hangUp();
    seats.admitWaiting();
    assertThat(effects.seats).isZero();
    assertThat(seats.isEmpty()).isTrue();
  }

  // ---- invitations

  @Test
  void bansLocksAndWaitingDoNotApplyToInvitationsButSeatsDo() {
    mixer(created());
    settings.lock(true);
    settings.ban("1001");
    assertThat(seats.invite(caller("alice").number("1001").invitation(seats(1))))
        .isEqualTo(new Seated());
    assertThat(seats.invite(caller("bob").invitation(seats(1))))
        .isEqualTo(new Refused(DenyReason.FULL));
    assertThat(seats.invite(caller("boss").exempt().invitation(seats(1)))).isEqualTo(new Seated());
  }

  @Test
  void aCallThatHasASeatCannotBeInvitedAgain() {
    seats.invite(caller("alice").invitation(OPEN));
    assertThat(seats.invite(caller("alice").invitation(OPEN)))
        .isEqualTo(new Refused(DenyReason.DUPLICATE));
  }

  @Test
  void aDialledLegHasTheDialledNumberAndTheGhostFlag() {
    seats.invite(caller("leg").number("2001").ghost().dialled(OPEN));
    Member described = seats.describe(member("leg", 4));
    assertThat(described.callerNumber()).isEqualTo("2001");
    assertThat(described.ghost()).isTrue();
    assertThat(seats.describe(member("other", 5))).isEqualTo(member("other", 5));
  }

  // ---- dialled legs

  @Test
  void aLegRingsUntilItHasEntered() {
    seats.invite(caller("leg").dialled(OPEN));
    assertThat(seats.ringing()).containsExactly(call("leg"));
    seats.entered(call("leg"));
    assertThat(seats.ringing()).isEmpty();
  }

  @Test
  void onlyALegThatIsBeingDialledCanBeCancelledAndOnlyOnce() {
    seats.invite(caller("leg").dialled(OPEN));
    isIn(caller("alice"), OPEN);
    assertThat(seats.cancel(call("alice"))).isFalse();
    assertThat(seats.cancel(call("leg"))).isTrue();
    assertThat(seats.cancel(call("leg"))).isFalse();
    assertThat(effects.done).containsExactly("cancel leg");
    assertThat(seats.departure(call("leg"))).contains(LeaveReason.KICKED);
  }

  // ---- leaving

  @Test
  void theFirstReasonToLeaveCounts() {
    isIn(caller("alice"), OPEN);
    seats.departs(call("alice"), LeaveReason.LEFT);
    seats.departs(call("alice"), LeaveReason.KICKED);
    assertThat(seats.departure(call("alice"))).contains(LeaveReason.LEFT);
    assertThat(departing).containsExactly(call("alice"));
  }

  @Test
  void aMemberCanBeMovedOnceAndTheMoveCanBeCancelled() {
    Move move = new Move(Sample.ROOM, java.util.Set.of());
    assertThat(seats.moves(call("alice"), move)).isFalse();
    join(caller("alice"), OPEN);
    assertThat(seats.moves(call("alice"), move)).as("a move before entering is accepted").isFalse();
    seats.entered(call("alice"));
    assertThat(seats.moves(call("alice"), move)).isTrue();
    assertThat(seats.moves(call("alice"), move)).isFalse();
    assertThat(seats.next(call("alice"))).contains(move);
    assertThat(seats.departure(call("alice"))).contains(LeaveReason.MOVED);
    seats.stays(call("alice"));
    assertThat(seats.next(call("alice"))).isEmpty();
    assertThat(seats.departure(call("alice"))).isEmpty();
  }

  @Test
  void cancellingAMoveDoesNotAffectAKickedMember() {
    isIn(caller("alice"), OPEN);
    seats.departs(call("alice"), LeaveReason.KICKED);
    seats.stays(call("alice"));
    assertThat(seats.departure(call("alice"))).contains(LeaveReason.KICKED);
  }

  @Test
  void theEndKicksMembersTurnsWaitingCallersAwayAndStopsDialling() {
    isIn(caller("alice"), OPEN);
    join(caller("joining"), OPEN);
    seats.invite(caller("leg").dialled(OPEN));
    Caller bob = caller("bob");
    join(bob, waitForModerator());
    mixer(created());
    mixer(added(member("alice", 1)));
    mixer(added(member("stranger", 2)));
    isIn(caller("leaving"), OPEN);
    seats.departs(call("leaving"), LeaveReason.LEFT);
    seats.end();
    assertThat(effects.done).containsExactlyInAnyOrder("kick alice", "kick stranger", "cancel leg");
    assertThat(bob.received).containsExactly(new Refused(DenyReason.KICKED));
    assertThat(seats.departure(call("alice"))).contains(LeaveReason.ENDED);
    assertThat(seats.departure(call("joining"))).isEmpty();
  }

  @Test
  void aMemberWhoComesBackCountsAgain() {
    join(caller("alice"), seats(1));
    mixer(created());
    mixer(added(member("alice", 1)));
    seats.leave(call("alice"));
    mixer(removed(member("alice", 1)));
    mixer(added(member("alice", 2)));
    assertThat(join(caller("bob"), seats(1))).isEqualTo(new Refused(DenyReason.FULL));
  }

  // ---- callers outside

  @Test
  void aNewBanTurnsAwayWaitingCallersWithThatNumber() {
    Caller alice = caller("alice").number("1001");
    Caller bob = caller("bob").number("1002");
    join(alice, waitForModerator());
    join(bob, waitForModerator());
    settings.ban("1001");
    seats.turnAwayBanned();
    assertThat(alice.received).containsExactly(new Refused(DenyReason.BANNED));
    assertThat(bob.received).isEmpty();
    assertThat(waits).containsExactly("alice waits", "bob waits", "alice banned");
  }

  @Test
  void aCallerWhoIsBannedAfterTakingASeatIsKickedWhenTheyEnter() {
    join(caller("alice").number("1001"), OPEN);
    settings.ban("1001");
    assertThat(seats.isBannedBeforeEntering(call("alice"))).isTrue();
    seats.entered(call("alice"));
    assertThat(effects.done).containsExactly("kick alice");
    assertThat(seats.departure(call("alice"))).contains(LeaveReason.KICKED);
  }

  @Test
  void aBanDoesNotAffectParticipants() {
    isIn(caller("alice").number("1001"), OPEN);
    seats.invite(caller("bob").number("1001").dialled(OPEN));
    settings.ban("1001");
    seats.turnAwayBanned();
    seats.entered(call("bob"));
    assertThat(seats.isBannedBeforeEntering(call("alice"))).isFalse();
    assertThat(effects.done).isEmpty();
  }

  @Test
  void anAdmittedCallerGetsASeatWithoutAModeratorAndDespiteTheLock() {
    Caller alice = caller("alice");
    Caller bob = caller("bob");
    join(alice, waitForModerator());
    join(bob, waitForModerator());
    settings.lock(true);
    assertThat(seats.admit(call("alice"))).contains(new Seated());
    assertThat(seats.admit(call("alice"))).isEmpty();
    assertThat(alice.received).containsExactly(new Seated());
    assertThat(bob.received).isEmpty();
    assertThat(waits).containsExactly("alice waits", "bob waits", "alice admitted");
  }

  @Test
  void aCallerWhoCannotBeAdmittedToAFullRoomContinuesToWait() {
    isIn(caller("carol"), OPEN);
    settings.setLimit(1);
    Caller alice = caller("alice");
    join(alice, waitForModerator());
    assertThat(seats.admit(call("alice"))).contains(new Refused(DenyReason.FULL));
    assertThat(alice.received).isEmpty();
    assertThat(seats.waiting()).hasSize(1);
  }

  @Test
  void aWaitingCallerCanBeKicked() {
    Caller alice = caller("alice");
    join(alice, waitForModerator());
    assertThat(seats.kickWaiting(call("alice"))).isTrue();
    assertThat(seats.kickWaiting(call("alice"))).isFalse();
    assertThat(alice.received).containsExactly(new Refused(DenyReason.KICKED));
    assertThat(waits).containsExactly("alice waits", "alice kicked");
  }

  @Test
  void theEndOfAWaitHasAReason() {
    join(caller("alice"), waitForModerator());
    join(caller("bob"), waitForModerator());
    seats.leave(call("alice"));
    seats.waitTimedOut(call("bob"));
    seats.leave(call("bob"));
    assertThat(waits).containsExactly("alice waits", "bob waits", "alice left", "bob no_moderator");
  }

  @Test
  void waitingCallersAreListedWithTheirNameAndNumber() {
    seats.arrive(
        call("alice"),
        new IncomingCall("5000", "+49 30 1234", "Alice", Optional.empty(), Map.of()));
    join(caller("alice").number("+49 30 1234"), waitForModerator());
    assertThat(seats.waiting())
        .containsExactly(new WaitingCaller(call("alice"), "Alice", "+49 30 1234", Sample.START));
  }
}
