package dev.callflow.conference.stay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Running;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Presence;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The effects of the keys that a participant presses in the room, and the ways in which their stay
 * can end.
 */
class StayTests {

  private static final CallId ANN = new CallId("ann");

  /** A conference whose regular participants join unmuted, with the key sequences 1, 12 and *9. */
  private static final String KEYS =
      """
      {"member": {"join_muted": false},
       "controls": {"default": [{"digits": "1", "action": "mute"},
                                {"digits": "12", "action": "lock"},
                                {"digits": "*9", "action": "deaf"}]}}
      """;

  private final Bed bed = new Bed();
  private final Stay stay = new Stay(bed.mixer, bed.rooms, new KeyActions(bed.mixer, bed.rooms));
  private final Visitor ann = bed.visitor("ann");

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- keys

  @Test
  void aSequenceOfKeysActsAtItsLastKey() {
    bed.room(KEYS);
    stays();

    ann.leg().press("*");
    bed.passes(Duration.ofSeconds(1));
    assertThat(bed.mixer.commands()).isEmpty();
    ann.leg().press("9");
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Deaf(ANN, true));
  }

  @Test
  void aSequenceThatCouldBecomeLongerActsTwoSecondsAfterItsLastKey() {
    bed.room(KEYS);
    stays();

    ann.leg().press("1");
    bed.passes(Duration.ofMillis(1_999));
    assertThat(bed.mixer.commands()).isEmpty();
    bed.passes(Duration.ofMillis(1));

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Mute(ANN, true));
  }

  @Test
  void onlyTheLongerOfTwoSequencesActs() {
    bed.room(KEYS);
    stays();

    ann.leg().press("12");
    bed.passes(Duration.ofSeconds(10));

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Lock(true));
  }

  @Test
  void aKeyThatDoesNotContinueASequenceCompletesTheShorterOne() {
    bed.room(KEYS);
    stays();

    ann.leg().press("1*9");
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands())
        .containsExactly(new MixerCommand.Mute(ANN, true), new MixerCommand.Deaf(ANN, true));
  }

  @Test
  void keysWithoutAnActionAreForgotten() {
    bed.room(KEYS);
    stays();

    ann.leg().press("77*5");
    bed.passes(Duration.ofSeconds(10));
    assertThat(bed.mixer.commands()).isEmpty();
    ann.leg().press("*9");
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Deaf(ANN, true));
  }

  @Test
  void anIncompleteSequenceIsForgottenAfterTwoSeconds() {
    bed.room(KEYS);
    stays();

    ann.leg().press("*");
    bed.passes(Duration.ofSeconds(3));
    ann.leg().press("9");
    bed.passes(Duration.ofSeconds(3));

    assertThat(bed.mixer.commands()).isEmpty();
  }

  @Test
  void keysPressedWhileJoiningActAtOnce() {
    bed.room(KEYS);
    Presence in = bed.enters(ann.member());

    bed.begin(() -> stay.untilOut(new Presence(in.guest(), in.seat(), "*9")));

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Deaf(ANN, true));
  }

  @Test
  void aSequenceCanStartWhileJoiningAndEndInTheRoom() {
    bed.room(KEYS);
    Presence in = bed.enters(ann.member());
    bed.begin(() -> stay.untilOut(new Presence(in.guest(), in.seat(), "*")));

    ann.leg().press("9");
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Deaf(ANN, true));
  }

  @Test
  void moderatorsHaveTheirOwnKeys() {
    bed.room(
        """
        {"moderator_controls": "chair",
         "controls": {"chair": [{"digits": "5", "action": "lock"}]}}
        """);
    stays(ann.moderator());

    ann.leg().press("5");
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Lock(true));
  }

  @Test
  void regularParticipantsDoNotHaveTheKeysOfModerators() {
    bed.room(
        """
        {"moderator_controls": "chair",
         "controls": {"chair": [{"digits": "5", "action": "lock"}]}}
        """);
    stays();

    ann.leg().press("5");
    bed.passes(Duration.ofSeconds(5));

    assertThat(bed.mixer.commands()).isEmpty();
  }

  @Test
  void theAccountCanDefineTheKeys() {
    bed.account("{\"controls\":{\"default\":[{\"digits\":\"5\",\"action\":\"deaf\"}]}}").room("{}");
    stays();

    ann.leg().press("5");
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Deaf(ANN, true));
  }

  @Test
  void levelsAddUpFromKeyToKey() {
    bed.room("{\"controls\":{\"default\":[{\"digits\":\"5\",\"action\":\"vol talk up\"}]}}");
    stays();

    ann.leg().press("55");
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands())
        .containsExactly(new MixerCommand.TalkVolume(ANN, 1), new MixerCommand.TalkVolume(ANN, 2));
  }

  // ---- the end

  @Test
  void aParticipantStaysWhileNothingHappens() {
    bed.room("{}");
    Running<Departure> staying = stays();

    bed.passes(Duration.ofHours(5));

    assertThat(staying.isDone()).isFalse();
  }

  @Test
  void aParticipantWhoPressesTheLeaveKeyHasLeft() {
    bed.room("{}");
    Running<Departure> staying = stays();

    ann.leg().press("#");

    assertThat(bed.until(staying)).isEqualTo(new Departure.Released(ConferenceOutcome.LEFT));
  }

  @Test
  void aParticipantRemovedByAnOperatorWasKicked() {
    bed.room("{}");
    Running<Departure> staying = stays();

    bed.departs("ann", LeaveReason.KICKED);
    bed.mixer.letGo("ann");

    assertThat(bed.until(staying)).isEqualTo(new Departure.Released(ConferenceOutcome.KICKED));
  }

  @Test
  void aParticipantWhoseRoomEndsHasTheOutcomeEnded() {
    bed.room("{}");
    Running<Departure> staying = stays();

    bed.tell(Bed.ROOM, state -> state.end());

    assertThat(bed.until(staying)).isEqualTo(new Departure.Released(ConferenceOutcome.ENDED));
  }

  @Test
  void aMovedParticipantHasTheOutcomeMoved() {
    bed.room("{}").conference("other", "{}");
    Running<Departure> staying = stays();

    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());

    assertThat(bed.until(staying)).isEqualTo(new Departure.Released(ConferenceOutcome.MOVED));
  }

  @Test
  void theReasonMayArriveAMomentAfterTheParticipantIsOut() {
    bed.room("{}");
    stays(bed.visitor("bob").member());
    Running<Departure> staying = stays();

    bed.mixer.letGo("ann");
    bed.passes(Duration.ofMillis(200));
    bed.departs("ann", LeaveReason.ENDED);

    assertThat(bed.until(staying)).isEqualTo(new Departure.Released(ConferenceOutcome.ENDED));
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofMillis(200));
  }

  /** On a busy machine, the hangup arrives seconds after the release. */
  @Test
  void aHangupReportedLongAfterTheReleaseIsNotAKick() {
    bed.room("{}");
    stays(bed.visitor("bob").member());
    Running<Departure> staying = stays();

    bed.mixer.letGo("ann");
    bed.passes(Duration.ofSeconds(4));
    ann.leg().hangsUp();

    assertThat(bed.until(staying))
        .isInstanceOfSatisfying(
            Departure.HungUp.class,
            it -> assertThat(it.outcome()).isEqualTo(ConferenceOutcome.LEFT));
  }

  @Test
  void aReleaseFromARunningRoomWithoutAReasonCountsAsAKick() {
    bed.room("{}");
    stays(bed.visitor("bob").member());
    Running<Departure> staying = stays();

    bed.mixer.letGo("ann");

    assertThat(bed.until(staying)).isEqualTo(new Departure.Released(ConferenceOutcome.KICKED));
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aReleaseFromARoomThatIsGoneCountsAsItsEnd() {
    bed.room("{}");
    Running<Departure> staying = stays();
    bed.mixer.shows(new SnapshotReply.NoSuchRoom());

    bed.mixer.letGo("ann");

    assertThat(bed.until(staying)).isEqualTo(new Departure.Released(ConferenceOutcome.ENDED));
  }

  @Test
  void aReleaseWhileTheMixerDoesNotAnswerCountsAsTheEndOfTheRoom() {
    bed.room("{}");
    stays(bed.visitor("bob").member());
    Running<Departure> staying = stays();
    bed.mixer.shows(new SnapshotReply.NoAnswer("the link is down"));

    bed.mixer.letGo("ann");

    assertThat(bed.until(staying)).isEqualTo(new Departure.Released(ConferenceOutcome.ENDED));
  }

  @Test
  void aParticipantWhoHangsUpHasLeft() {
    bed.room("{}");
    Running<Departure> staying = stays();

    ann.leg().hangsUp();

    Departure departure = bed.until(staying);
    assertThat(departure.outcome()).isEqualTo(ConferenceOutcome.LEFT);
    assertThatExceptionOfType(CallEndedException.class)
        .isThrownBy(departure::throwIfHungUp)
        .matches(end -> end.by() == EndedBy.CALLER);
  }

  @Test
  void hangingUpWhileLeavingDoesNotChangeTheOutcome() {
    bed.room("{}");
    Running<Departure> staying = stays();

    bed.departs("ann", LeaveReason.KICKED);
    ann.leg().hangsUp();

    Departure departure = bed.until(staying);
    assertThat(departure.outcome()).isEqualTo(ConferenceOutcome.KICKED);
    assertThatExceptionOfType(CallEndedException.class).isThrownBy(departure::throwIfHungUp);
  }

  @Test
  void aReleasedParticipantsCallContinues() {
    assertThatNoException()
        .isThrownBy(new Departure.Released(ConferenceOutcome.KICKED)::throwIfHungUp);
  }

  @Test
  void eachReasonHasAnOutcome() {
    assertThat(LeaveReason.LEFT.outcome()).isEqualTo(ConferenceOutcome.LEFT);
    assertThat(LeaveReason.KICKED.outcome()).isEqualTo(ConferenceOutcome.KICKED);
    assertThat(LeaveReason.ENDED.outcome()).isEqualTo(ConferenceOutcome.ENDED);
    assertThat(LeaveReason.MOVED.outcome()).isEqualTo(ConferenceOutcome.MOVED);
  }

  private Running<Departure> stays() {
    return stays(ann.member());
  }

  private Running<Departure> stays(Guest guest) {
    Presence presence = bed.enters(guest);
    return bed.begin(() -> stay.untilOut(presence));
  }
}
