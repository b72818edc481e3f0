package dev.callflow.conference.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.DialStatus;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Running;
import dev.callflow.conference.bed.SmallMixer.Admits;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Notice;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dialled leg, from the first ring until the hang-up. */
class DialledLegsTests {

  private static final String LEG = "dialled-1";
  private static final String JOB = "dialled-2";

  private final Bed bed = new Bed().room("{}");
  private final Dialling dialling = new Dialling(bed);

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- while it rings

  @Test
  void theRoomReportsThatTheLegRings() {
    dialling.begin("49301");

    assertThat(bed.notices())
        .containsExactly(
            new Notice.DialProgress(
                new DialledEndpoint("49301", LEG, JOB, false, ""), DialStatus.RINGING));
  }

  @Test
  void aBusyEndpointIsReported() {
    bed.mixer.dialsReturn(new DialReply.Failed(HangupCause.USER_BUSY));

    failsWith("USER_BUSY", "failed");
  }

  @Test
  void anEndpointTimesOutAfterTheRingTimeout() {
    bed.mixer.ringsFor(Duration.ofMinutes(1));

    failsWith("timeout", "failed");
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void noAnswerBeforeTheRingTimeoutIsNotATimeout() {
    bed.mixer.dialsReturn(new DialReply.Failed(HangupCause.of("NO_ANSWER")));

    failsWith("NO_ANSWER", "failed");
  }

  @Test
  void noAnswerShortlyBeforeTheRingTimeoutIsATimeout() {
    bed.mixer.ringsFor(Duration.ofMillis(18_800));
    bed.mixer.dialsReturn(new DialReply.Failed(HangupCause.of("NO_ANSWER")));

    failsWith("timeout", "failed");
  }

  @Test
  void anUnknownResultIsReportedWithItsCause() {
    bed.mixer.dialsReturn(new DialReply.Unknown("the link is down"));

    failsWith("the link is down", "failed");
  }

  @Test
  void anOperatorCanCancelARingingLeg() {
    Running<ActionResult> running = dialling.begin("49301");
    bed.passes(Duration.ofSeconds(2));

    bed.tell(Bed.ROOM, state -> state.cancel(new CallId(LEG)));

    assertThat(dialling.endpoint(running).message()).isEqualTo("cancelled");
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aLegAnsweredJustAfterItWasCancelledIsHungUp() {
    Running<ActionResult> running = dialling.begin("49301");
    bed.departs(LEG, LeaveReason.KICKED);

    assertThat(dialling.endpoint(running).message()).isEqualTo("cancelled");
    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup ORIGINATOR_CANCEL");
    assertThat(bed.mixer.entries()).isEmpty();
    assertThat(dialling.outcomes()).containsExactly(LEG + " abandoned");
    assertThat(bed.seatsTaken()).isZero();
  }

  private void failsWith(String message, String outcome) {
    DialledEndpoint result = new DialledEndpoint("49301", LEG, JOB, false, message);
    assertThat(dialling.dial("49301")).isEqualTo(result);
    assertThat(bed.notices()).endsWith(new Notice.DialProgress(result, DialStatus.ERROR));
    assertThat(dialling.outcomes()).containsExactly(LEG + " " + outcome);
    assertThat(bed.seatsTaken()).isZero();
  }

  // ---- joining

  @Test
  void anAnsweredLegJoinsTheRoom() {
    DialledEndpoint result =
        new DialledEndpoint("49301", LEG, JOB, true, "dial resulted in call id " + LEG);

    assertThat(dialling.dial("49301")).isEqualTo(result);

    assertThat(bed.mixer.hasIn(Bed.ROOM, LEG)).isTrue();
    assertThat(bed.notices()).endsWith(new Notice.DialProgress(result, DialStatus.SUCCESS));
    assertThat(bed.mixer.leg(LEG).heard()).isEmpty();
    assertThat(dialling.outcomes()).isEmpty();
  }

  @Test
  void theResultWaitsUntilTheRoomListsTheLeg() {
    bed.mixer.eventsComeLater(Duration.ofSeconds(1));

    assertThat(dialling.dial("49301").joined()).isTrue();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(5 + 1));
  }

  @Test
  void theResultWaitsAtMostTwoSecondsForTheRoom() {
    bed.mixer.eventsComeLater(Duration.ofMinutes(1));

    assertThat(dialling.dial("49301").joined()).isTrue();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(5 + 2));
  }

  @Test
  void aLegThatTheMixerRefusesIsHungUp() {
    bed.mixer.admits(Admits.NO_LEG);

    failsWith("the mixer refused the leg", "failed");
    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup NORMAL_CLEARING");
  }

  @Test
  void aLegThatHangsUpBeforeJoiningIsReportedWithItsCause() {
    bed.mixer.admits(Admits.LATER);
    Running<ActionResult> running = dialling.begin("49301");
    bed.passes(Duration.ofSeconds(6));

    bed.mixer.leg(LEG).hangsUp();

    assertThat(dialling.endpoint(running).message()).isEqualTo("NORMAL_CLEARING");
    assertThat(dialling.outcomes()).containsExactly(LEG + " abandoned");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aLegIsHungUpIfTheMixerThrows() {
    bed.mixer.admits(Admits.FAILING);

    failsWith("failed", "failed");
    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup NORMAL_CLEARING");
  }

  @Test
  void aLegIsHungUpIfTheDocumentsCannotBeReadWhenItAnswers() {
    Running<ActionResult> running = dialling.begin("49301");

    bed.readOnly.goesDown();

    assertThat(dialling.endpoint(running).message()).isEqualTo("failed");
    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup NORMAL_CLEARING");
    assertThat(bed.seatsTaken()).isZero();
  }

  // ---- in the room

  @Test
  void aLegWhoseStayEndsWithAnErrorIsHungUpAndReportedAsFailed() {
    dialling.dial("49301");

    bed.mixer.breaks();
    bed.mixer.leg(LEG).press("*1");
    bed.passes(Duration.ofSeconds(5));

    assertThat(dialling.outcomes()).containsExactly(LEG + " failed");
    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup NORMAL_CLEARING");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aLegHasTheKeysOfRegularParticipants() {
    dialling.dial("49301");

    bed.mixer.leg(LEG).press("#");
    bed.passes(Duration.ZERO);

    assertThat(dialling.outcomes()).containsExactly(LEG + " left");
    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup NORMAL_CLEARING");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aLegThatHangsUpInTheRoomHasLeft() {
    dialling.dial("49301");

    bed.mixer.leg(LEG).hangsUp();
    bed.passes(Duration.ZERO);

    assertThat(dialling.outcomes()).containsExactly(LEG + " left");
    assertThat(bed.mixer.leg(LEG).orders()).isEmpty();
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aKickedLegIsHungUp() {
    dialling.dial("49301");

    bed.departs(LEG, LeaveReason.KICKED);
    bed.mixer.letGo(LEG);
    bed.passes(Duration.ofSeconds(1));

    assertThat(dialling.outcomes()).containsExactly(LEG + " kicked");
    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup NORMAL_CLEARING");
  }

  @Test
  void aMovedLegIsHungUpWhenItLeavesTheLastRoom() {
    bed.conference("other", "{}");
    dialling.dial("49301");

    bed.moves(LEG, Bed.ROOM, Bed.OTHER, Set.of());
    assertThat(bed.mixer.hasIn(Bed.OTHER, LEG)).isTrue();
    assertThat(bed.mixer.leg(LEG).orders()).isEmpty();
    bed.mixer.kicksAsThirdParty(LEG);
    bed.passes(Duration.ofSeconds(1));

    assertThat(dialling.outcomes()).containsExactly(LEG + " moved");
    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup NORMAL_CLEARING");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aMovedLegThatHangsUpIsReportedAsMoved() {
    bed.conference("other", "{}");
    dialling.dial("49301");
    bed.moves(LEG, Bed.ROOM, Bed.OTHER, Set.of());

    bed.mixer.leg(LEG).hangsUp();
    bed.passes(Duration.ZERO);

    assertThat(dialling.outcomes()).containsExactly(LEG + " moved");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aLegIsHungUpIfTheDocumentOfTheOtherRoomCannotBeRead() {
    bed.conference("other", "{}");
    dialling.dial("49301");
    bed.mixer.keepsTheKicked();
    bed.moves(LEG, Bed.ROOM, Bed.OTHER, Set.of());
    bed.readOnly.goesDown();

    bed.mixer.letGo(LEG);
    bed.passes(Duration.ofSeconds(1));

    assertThat(bed.mixer.leg(LEG).orders()).containsExactly("hangup NORMAL_CLEARING");
    assertThat(bed.seatsTaken()).isZero();
  }
}
