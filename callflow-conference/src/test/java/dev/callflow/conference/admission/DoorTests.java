package dev.callflow.conference.admission;

import static dev.callflow.conference.bed.Bed.passed;
import static dev.callflow.conference.bed.Bed.prompts;
import static dev.callflow.conference.bed.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Running;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Refusal;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Seated;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.DocumentType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The step {@link Door} gives callers a seat, makes them wait, or refuses them. */
class DoorTests {

  private final Bed bed = new Bed();
  private final Door door = new Door(bed.rooms, bed.roomDocuments);
  private final Held held = new Held();
  private final Visitor ann = bed.visitor("ann");
  private final Visitor bob = bed.visitor("bob");
  private final Visitor mia = bed.visitor("mia");

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- seats

  @Test
  void aCallerKeepsTheirSeatUntilItIsReleased() {
    bed.room("{}");

    Seated seated = passed(take(ann.member()));

    assertThat(seated.guest().call().id()).isEqualTo(new CallId("ann"));
    assertThat(bed.seatsTaken()).isEqualTo(1);
    giveBack();
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void theDocumentSetsTheNumberOfSeats() {
    bed.room("{\"max_participants\":2}");
    bed.enters(ann.member());
    passed(take(bob.member()));

    Refusal refusal = refused(take(mia.member()));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.FULL);
    assertThat(prompts(refusal)).containsExactly("conf-max_participants");
    assertThat(refusal.conference()).contains("room");
  }

  @Test
  void aFullRoomCanHaveItsOwnSoundInsteadOfThePrompt() {
    bed.document(DocumentType.MEDIA, "sorry", "{}")
        .room("{\"max_participants\":1,\"max_members_media\":\"sorry\"}");
    bed.enters(ann.member());

    assertThat(prompts(refused(take(bob.member())))).containsExactly("media:sorry");
  }

  @Test
  void aSoundThatTheAccountMayNotUseDoesNotReplaceThePrompt() {
    bed.room("{\"max_participants\":1,\"max_members_media\":\"/etc/passwd\"}");
    bed.enters(ann.member());

    assertThat(prompts(refused(take(bob.member())))).containsExactly("conf-max_participants");
  }

  @Test
  void aModeratorNeedsASeatLikeAllOthers() {
    bed.room("{\"max_participants\":1}");
    bed.enters(ann.member());

    assertThat(refused(take(bob.moderator())).reason()).isEqualTo(ConferenceOutcome.FULL);
  }

  @Test
  void anExemptModeratorNeedsNoSeat() {
    bed.room("{\"max_participants\":1,\"moderator_exempt\":true}");
    bed.enters(ann.member());

    passed(take(bob.moderator()));
  }

  @Test
  void aRegularParticipantIsNotExempt() {
    bed.room("{\"max_participants\":1,\"moderator_exempt\":true}");
    bed.enters(ann.member());

    assertThat(refused(take(bob.member())).reason()).isEqualTo(ConferenceOutcome.FULL);
  }

  @Test
  void aGhostNeedsNoSeat() {
    bed.room("{\"max_participants\":1,\"profile\":{\"member-flags\":\"ghost\"}}");
    bed.enters(ann.member());

    passed(take(bob.member()));
  }

  @Test
  void aCallerWaitsForTheSeatOfALeavingMember() {
    bed.room("{\"max_participants\":1}");
    Held ofAnn = new Held();
    bed.enters(ann.member(), ofAnn);
    bed.departs("ann", LeaveReason.KICKED);

    Running<Result<Seated>> taking = bed.begin(() -> door.take(bob.member(), held));
    bed.passes(Duration.ofSeconds(4));
    assertThat(taking.isDone()).isFalse();
    bed.mixer.letGo("ann");
    bed.run(ofAnn::close);

    passed(bed.until(taking));
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void aCallerWaitsAtMostFiveSecondsForTheSeatOfALeavingMember() {
    bed.room("{\"max_participants\":1}");
    bed.enters(ann.member());
    bed.departs("ann", LeaveReason.KICKED);

    assertThat(refused(take(bob.member())).reason()).isEqualTo(ConferenceOutcome.FULL);
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  // ---- bans and locks

  @Test
  void aBannedNumberIsRefused() {
    bed.room("{}");
    bed.enters(ann.member());
    bed.tell(Bed.ROOM, state -> state.ban("493055502"));

    Refusal refusal = refused(take(bob.member()));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.BANNED);
    assertThat(prompts(refusal)).containsExactly("conf-denied");
    passed(take(mia.member()));
  }

  @Test
  void aLockedRoomRefusesCallers() {
    bed.room("{}");
    lockedWith(ann.member());

    Refusal refusal = refused(take(bob.member()));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.LOCKED);
    assertThat(prompts(refusal)).containsExactly("conf-locked");
  }

  @Test
  void aLockedRoomCanHaveItsOwnSoundInsteadOfThePrompt() {
    bed.document(DocumentType.MEDIA, "closed", "{}")
        .room("{\"profile\":{\"locked-sound\":\"closed\"}}");
    lockedWith(ann.member());

    assertThat(prompts(refused(take(bob.member())))).containsExactly("media:closed");
  }

  @Test
  void aLockedRoomRefusesModeratorsUnlessTheyAreExempt() {
    bed.room("{}");
    lockedWith(ann.member());
    assertThat(refused(take(bob.moderator())).reason()).isEqualTo(ConferenceOutcome.LOCKED);

    bed.room("{\"moderator_exempt\":true}");
    passed(take(mia.moderator()));
  }

  // ---- duplicate callers

  @Test
  void twoCallsFromOneNumberAreAllowedByDefault() {
    bed.room("{}");
    bed.enters(ann.member());

    passed(take(bob.number("493055501").member()));
    assertThat(bed.mixer.commands()).isEmpty();
  }

  @Test
  void theRefusePolicyRefusesTheNewerCallOfANumber() {
    bed.room("{\"duplicate_policy\":\"refuse\"}");
    bed.enters(ann.member());

    Refusal refusal = refused(take(bob.number("493055501").member()));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.DUPLICATE);
    assertThat(prompts(refusal)).containsExactly("conf-denied");
    passed(take(mia.member()));
  }

  @Test
  void theReplacePolicyKicksTheOlderCallOfANumber() {
    bed.room("{\"duplicate_policy\":\"replace\"}");
    bed.enters(ann.member());

    passed(take(bob.number("493055501").member()));

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Kick(new CallId("ann")));
  }

  @Test
  void callersWithWithheldNumbersAreNotDuplicates() {
    bed.room("{\"duplicate_policy\":\"refuse\"}");
    bed.enters(ann.number("").member());

    passed(take(bob.number("").member()));
  }

  // ---- waiting for a moderator

  @Test
  void aCallerHearsMusicWhileWaitingForAModerator() {
    bed.room("{\"wait_for_moderator\":true}");
    Running<Result<Seated>> taking = bed.begin(() -> door.take(ann.member(), held));
    bed.passes(Duration.ofMinutes(3));
    assertThat(ann.leg().orders()).containsExactly("play hold_music endlessly");

    bed.enters(mia.moderator());

    passed(bed.until(taking));
    assertThat(ann.leg().orders()).containsExactly("play hold_music endlessly", "stop hold_music");
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void aWaitingCallerHearsTheRoomsMusic() {
    bed.document(DocumentType.MEDIA, "jazz", "{}")
        .room("{\"wait_for_moderator\":true,\"profile\":{\"moh-sound\":\"jazz\"}}");

    bed.begin(() -> door.take(ann.member(), held));

    assertThat(ann.leg().orders()).containsExactly("play media:jazz endlessly");
  }

  @Test
  void aCallerDoesNotWaitIfAModeratorIsInTheRoom() {
    bed.room("{\"wait_for_moderator\":true}");
    bed.enters(mia.moderator());

    passed(take(ann.member()));
    assertThat(ann.leg().heard()).isEmpty();
  }

  @Test
  void aModeratorDoesNotWait() {
    bed.room("{\"wait_for_moderator\":true}");

    passed(take(mia.moderator()));
  }

  @Test
  void theDocumentSetsTheMaximumWait() {
    bed.room("{\"wait_for_moderator\":true,\"wait_timeout\":60}");

    Refusal refusal = refused(take(ann.member()));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.NO_MODERATOR);
    assertThat(prompts(refusal)).containsExactly("conf-no_moderator");
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(60));
    assertThat(ann.leg().orders()).endsWith("stop hold_music");
  }

  @Test
  void theDefaultMaximumWaitIsHalfAnHour() {
    bed.room("{\"wait_for_moderator\":true}");

    refused(take(ann.member()));

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void keysDoNotEndTheWait() {
    bed.room("{\"wait_for_moderator\":true,\"wait_timeout\":60}");
    ann.leg().press(Duration.ofSeconds(10), "#*1");

    refused(take(ann.member()));

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aRoomThatRequiresAModeratorRefusesCallersAtOnceIfThereIsNone() {
    bed.room("{\"require_moderator\":true}");

    assertThat(refused(take(ann.member())).reason()).isEqualTo(ConferenceOutcome.NO_MODERATOR);
    assertThat(bed.time.elapsed()).isZero();
  }

  @Test
  void aWaitingCallerCanStillBeRefused() {
    bed.room("{\"wait_for_moderator\":true,\"max_participants\":1}");
    Running<Result<Seated>> taking = bed.begin(() -> door.take(ann.member(), held));

    bed.enters(mia.moderator());

    assertThat(refused(bed.until(taking)).reason()).isEqualTo(ConferenceOutcome.FULL);
    assertThat(ann.leg().orders()).endsWith("stop hold_music");
  }

  @Test
  void aWaitingCallerWhoIsKickedHearsNoPrompt() {
    bed.room("{\"wait_for_moderator\":true}");
    Running<Result<Seated>> taking = bed.begin(() -> door.take(ann.member(), held));

    bed.tell(Bed.ROOM, state -> state.end());

    Refusal refusal = refused(bed.until(taking));
    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.KICKED);
    assertThat(refusal.prompts()).isEmpty();
  }

  @Test
  void aWaitingCallerWhoHangsUpNoLongerWaits() {
    bed.room("{\"wait_for_moderator\":true}");
    ann.leg().hangsUp(Duration.ofSeconds(20));
    Running<Result<Seated>> taking = bed.begin(() -> door.take(ann.member(), held));
    assertThat(bed.snapshot(Bed.ROOM).map(it -> it.waiting().size())).contains(1);

    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> bed.until(taking));

    giveBack();
    assertThat(bed.snapshot(Bed.ROOM)).isEmpty();
  }

  @Test
  void theRoomForgetsARefusedCaller() {
    bed.room("{\"wait_for_moderator\":true,\"wait_timeout\":1}");

    refused(take(ann.member()));
    giveBack();

    assertThat(bed.snapshot(Bed.ROOM)).isEmpty();
  }

  // ---- the room

  @Test
  void callersAreRefusedIfTheRoomDoesNotAnswer() {
    bed.room("{}");
    passed(take(ann.member()));
    bed.begin(() -> {
      bed.rooms.tell(Bed.ROOM, state -> sleeps(Duration.ofMinutes(10)));
      return true;
    });

    Refusal refusal = refused(take(bob.member()));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.UNAVAILABLE);
    assertThat(prompts(refusal)).containsExactly("conf-unavailable");
  }

  @Test
  void anAdHocConferenceIsRememberedForInvitedParticipants() {
    Guest guest =
        Guest.caller(
            Target.of(ann.element("{}").caller(), ConferenceDocument.adHoc("room", Bed.json("{}"))),
            false);

    passed(take(guest));

    assertThat(bed.roomDocuments.find(Bed.ROOM)).contains(guest.target().conference());
  }

  private Result<Seated> take(Guest guest) {
    return bed.run(() -> door.take(guest, held));
  }

  private void giveBack() {
    bed.run(held::close);
  }

  private void lockedWith(Guest guest) {
    bed.enters(guest);
    bed.run(() -> bed.mixer.apply(Bed.ROOM, new MixerCommand.Lock(true)));
  }

  private void sleeps(Duration length) {
    try {
      Optional.ofNullable(bed.time.<Boolean>inbox(1).poll(length));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
