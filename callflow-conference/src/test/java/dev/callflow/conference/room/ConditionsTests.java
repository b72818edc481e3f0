package dev.callflow.conference.room;

import static dev.callflow.conference.room.Sample.INSTANCE;
import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.changed;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.locked;
import static dev.callflow.conference.room.Sample.member;
import static dev.callflow.conference.room.Sample.removed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.room.Condition.Result;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Waiting for a room to reach a state. */
class ConditionsTests {

  private static final Member ALICE = member("alice", 1);
  private static final Member BOB = member("bob", 2);
  private static final Member CAROL = member("carol", 3);

  private final RoomInstances instances = new RoomInstances(member -> member);
  private final Set<CallId> departing = new HashSet<>();
  private final Conditions conditions = new Conditions(instances, departing::contains);

  private void mixer(MixerEvent event) {
    instances.fold((MixerEvent.InRoom) event, Sample.START).ifPresent(conditions::onEvent);
  }

  private PendingCondition expect(Condition condition) {
    PendingCondition pending = new PendingCondition(ROOM, condition, TimeSource.system().inbox(1));
    conditions.expect(pending);
    return pending;
  }

  private static Optional<Result> result(PendingCondition pending) {
    return pending.await(Duration.ZERO);
  }

  private void aliceIsIn() {
    mixer(created());
    mixer(added(ALICE));
  }

  @Test
  void aConditionThatIsAlreadyMetCompletesAtOnce() {
    aliceIsIn();
    assertThat(result(expect(new Condition.In(call("alice"))))).contains(Result.MET);
    assertThat(result(expect(new Condition.Muted(call("alice"), false)))).contains(Result.MET);
    assertThat(result(expect(new Condition.Locked(false)))).contains(Result.MET);
    assertThat(conditions.isEmpty()).isTrue();
  }

  @Test
  void anEventCompletesTheConditionThatItMeets() {
    aliceIsIn();
    PendingCondition muted = expect(new Condition.Muted(call("alice"), true));
    PendingCondition deaf = expect(new Condition.Deaf(call("alice"), true));
    PendingCondition energy = expect(new Condition.Energy(call("alice"), 500));
    PendingCondition talk = expect(new Condition.TalkVolume(call("alice"), 2));
    PendingCondition listen = expect(new Condition.ListenVolume(call("alice"), -2));
    PendingCondition lock = expect(new Condition.Locked(true));
    PendingCondition out = expect(new Condition.Out(call("alice")));
    mixer(changed(Change.MUTED, ALICE));
    assertThat(result(muted)).contains(Result.MET);
    assertThat(result(deaf)).isEmpty();
    mixer(changed(Change.DEAFENED, ALICE));
    assertThat(result(deaf)).contains(Result.MET);
    mixer(changed(Change.ENERGY, ALICE.withLevels(new Member.Levels(500, 0, 0))));
    assertThat(result(energy)).contains(Result.MET);
    mixer(changed(Change.TALK_VOLUME, ALICE.withLevels(new Member.Levels(300, 2, 0))));
    assertThat(result(talk)).contains(Result.MET);
    mixer(changed(Change.LISTEN_VOLUME, ALICE.withLevels(new Member.Levels(300, 0, -2))));
    assertThat(result(listen)).contains(Result.MET);
    mixer(locked(true));
    assertThat(result(lock)).contains(Result.MET);
    assertThat(result(out)).isEmpty();
    mixer(removed(ALICE));
    assertThat(result(out)).contains(Result.MET);
  }

  @Test
  void waitingForAMemberEndsWhenTheyJoin() {
    mixer(created());
    PendingCondition in = expect(new Condition.In(call("alice")));
    assertThat(result(in)).isEmpty();
    mixer(added(ALICE));
    assertThat(result(in)).contains(Result.MET);
  }

  @Test
  void aChangeOfAnotherMemberCompletesNothing() {
    aliceIsIn();
    mixer(added(member("bob", 2)));
    PendingCondition muted = expect(new Condition.Muted(call("alice"), true));
    mixer(changed(Change.MUTED, member("bob", 2)));
    assertThat(result(muted)).isEmpty();
  }

  @Test
  void aRecordingThatCannotStartFailsTheCondition() {
    mixer(created());
    PendingCondition recording = expect(new Condition.Recording(true));
    mixer(new MixerEvent.RecordingStarted(ROOM, INSTANCE, "a.wav", true));
    assertThat(result(recording)).contains(Result.FAILED);
  }

  @Test
  void theStartAndTheEndOfARecordingMeetTheirConditions() {
    mixer(created());
    PendingCondition begins = expect(new Condition.Recording(true));
    mixer(new MixerEvent.RecordingStarted(ROOM, INSTANCE, "a.wav", false));
    assertThat(result(begins)).contains(Result.MET);
    PendingCondition ends = expect(new Condition.Recording(false));
    mixer(new MixerEvent.RecordingStopped(ROOM, INSTANCE, "a.wav", 1, 1));
    assertThat(result(ends)).contains(Result.MET);
  }

  @Test
  void waitingForADepartureEndsWhenItsReasonIsKnown() {
    PendingCondition departure = expect(new Condition.Departing(call("alice")));
    assertThat(result(departure)).isEmpty();
    departing.add(call("alice"));
    conditions.departing(call("alice"));
    assertThat(result(departure)).contains(Result.MET);
    assertThat(result(expect(new Condition.Departing(call("alice"))))).contains(Result.MET);
  }

  @Test
  void theEndOfTheRoomMeetsOnlyTheConditionsForItsEndAndForLeaving() {
    aliceIsIn();
    PendingCondition ended = expect(new Condition.Ended());
    PendingCondition out = expect(new Condition.Out(call("alice")));
    PendingCondition muted = expect(new Condition.Muted(call("alice"), true));
    PendingCondition locked = expect(new Condition.Locked(true));
    instances.end(INSTANCE);
    conditions.ended();
    assertThat(result(ended)).contains(Result.MET);
    assertThat(result(out)).contains(Result.MET);
    assertThat(result(muted)).isEmpty();
    assertThat(result(locked)).isEmpty();
  }

  @Test
  void aConditionCanHaveSeveralWaiters() {
    mixer(created());
    PendingCondition first = expect(new Condition.In(call("alice")));
    PendingCondition second = expect(new Condition.In(call("alice")));
    mixer(added(ALICE));
    assertThat(result(first)).contains(Result.MET);
    assertThat(result(second)).contains(Result.MET);
  }

  @Test
  void aConditionOfManyIsMetWhenTheLastMemberHasTheFlagOrHasLeft() {
    aliceIsIn();
    mixer(added(BOB));
    mixer(added(CAROL));
    PendingCondition muted = expect(allMuted());
    mixer(changed(Change.MUTED, BOB));
    mixer(removed(CAROL));
    assertThat(result(muted)).isEmpty();
    mixer(changed(Change.MUTED, ALICE));
    assertThat(result(muted)).contains(Result.MET);
  }

  @Test
  void aMemberWhoLosesTheFlagAgainIsWaitedForAgain() {
    aliceIsIn();
    mixer(added(BOB));
    PendingCondition muted = expect(allMuted());
    mixer(changed(Change.MUTED, ALICE));
    mixer(changed(Change.UNMUTED, ALICE));
    mixer(changed(Change.MUTED, BOB));
    assertThat(result(muted)).isEmpty();
    mixer(changed(Change.MUTED, ALICE));
    assertThat(result(muted)).contains(Result.MET);
  }

  @Test
  void aForgottenConditionOfManyIsNotKept() {
    aliceIsIn();
    PendingCondition first = expect(allMuted());
    PendingCondition second = expect(allMuted());
    conditions.forget(first);
    mixer(changed(Change.MUTED, ALICE));
    assertThat(result(first)).isEmpty();
    assertThat(result(second)).contains(Result.MET);
    conditions.forget(second);
    assertThat(conditions.isEmpty()).isTrue();
  }

  private static Condition allMuted() {
    return new Condition.All(
        Set.of(call("alice"), call("bob"), call("carol")), Member.Flag.MUTED, true);
  }

  @Test
  void aForgottenConditionIsNotKept() {
    PendingCondition in = expect(new Condition.In(call("alice")));
    assertThat(conditions.isEmpty()).isFalse();
    conditions.forget(in);
    assertThat(conditions.isEmpty()).isTrue();
    aliceIsIn();
    assertThat(result(in)).isEmpty();
  }

  @Test
  void eachCommandWithAVisibleEffectHasACondition() {
    CallId alice = call("alice");
    assertThat(Condition.confirming(new MixerCommand.Mute(alice, true)))
        .contains(new Condition.Muted(alice, true));
    assertThat(Condition.confirming(new MixerCommand.Deaf(alice, false)))
        .contains(new Condition.Deaf(alice, false));
    assertThat(Condition.confirming(new MixerCommand.Kick(alice)))
        .contains(new Condition.Out(alice));
    assertThat(Condition.confirming(new MixerCommand.Lock(true)))
        .contains(new Condition.Locked(true));
    assertThat(Condition.confirming(new MixerCommand.StartRecording("a")))
        .contains(new Condition.Recording(true));
    assertThat(Condition.confirming(new MixerCommand.StopRecording()))
        .contains(new Condition.Recording(false));
    assertThat(Condition.confirming(new MixerCommand.Energy(alice, 5)))
        .contains(new Condition.Energy(alice, 5));
    assertThat(Condition.confirming(new MixerCommand.TalkVolume(alice, 1)))
        .contains(new Condition.TalkVolume(alice, 1));
    assertThat(Condition.confirming(new MixerCommand.ListenVolume(alice, 1)))
        .contains(new Condition.ListenVolume(alice, 1));
    assertThat(Condition.confirming(new MixerCommand.StopPlaying())).isEmpty();
    assertThat(Condition.confirming(new MixerCommand.Floor(alice))).isEmpty();
  }
}
