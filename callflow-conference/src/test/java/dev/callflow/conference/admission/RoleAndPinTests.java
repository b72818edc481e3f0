package dev.callflow.conference.admission;

import static dev.callflow.conference.bed.Bed.passed;
import static dev.callflow.conference.bed.Bed.prompts;
import static dev.callflow.conference.bed.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.pin.PinAttempt;
import dev.callflow.conference.pin.PinEntry;
import dev.callflow.conference.pin.PinLimits;
import dev.callflow.conference.pin.PinThrottle;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Refusal;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.document.DocumentType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers become regular participants or moderators, in some cases by entering a PIN. */
class RoleAndPinTests {

  private static final String PROMPT = "conf-enter_conf_pin";
  private static final PinLimits LIMITS =
      new PinLimits(10, Duration.ofMinutes(10), Duration.ofMinutes(10));

  private final Bed bed = new Bed();
  private final PinThrottle throttle = new PinThrottle(bed.time, attacked -> {});
  private final Visitor ann = bed.visitor("ann");

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- without PINs

  @Test
  void withoutPinsACallerIsARegularParticipantAndIsNotAsked() {
    bed.room("{}");

    assertThat(passed(decide()).moderator()).isFalse();
    assertThat(ann.leg().heard()).isEmpty();
  }

  @Test
  void theElementCanMakeTheCallerAModerator() {
    bed.room("{}");
    ann.element("{\"id\":\"room\",\"moderator\":true}");

    assertThat(passed(decide()).moderator()).isTrue();
  }

  @Test
  void theNumberCanMakeTheCallerAModerator() {
    bed.room("{}");

    assertThat(passed(decideByNumber(true)).moderator()).isTrue();
  }

  @Test
  void theElementOverridesTheNumber() {
    bed.room("{}");
    ann.element("{\"id\":\"room\",\"moderator\":false}");

    assertThat(passed(decideByNumber(true)).moderator()).isFalse();
  }

  @Test
  void aForcedModeratorIsNotAskedIfOnlyMembersHavePins() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.element("{\"id\":\"room\",\"moderator\":true}");

    assertThat(passed(decide()).moderator()).isTrue();
    assertThat(ann.leg().heard()).isEmpty();
  }

  @Test
  void aForcedMemberIsNotAskedIfOnlyModeratorsHavePins() {
    bed.room("{\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.element("{\"id\":\"room\",\"moderator\":false}");

    assertThat(passed(decide()).moderator()).isFalse();
    assertThat(ann.leg().heard()).isEmpty();
  }

  // ---- PINs and roles

  @Test
  void aMemberPinMakesARegularParticipant() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]},\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.leg().replies(PROMPT, "1234#");

    assertThat(passed(decide()).moderator()).isFalse();
  }

  @Test
  void aModeratorPinMakesAModerator() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]},\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.leg().replies(PROMPT, "9999#");

    assertThat(passed(decide()).moderator()).isTrue();
  }

  @Test
  void aPinOfBothRolesMakesARegularParticipant() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]},\"moderator\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "1234#");

    assertThat(passed(decide()).moderator()).isFalse();
  }

  @Test
  void eachOfSeveralPinsIsAccepted() {
    bed.room("{\"member\":{\"pins\":[\"1111\",\"2222\"]}}");
    ann.leg().replies(PROMPT, "2222#");

    assertThat(passed(decide()).moderator()).isFalse();
  }

  @Test
  void aForcedModeratorNeedsAModeratorPin() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]},\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.element("{\"id\":\"room\",\"moderator\":true}");
    ann.leg().replies(PROMPT, "1234#", "9999#");

    assertThat(passed(decide()).moderator()).isTrue();
    assertThat(ann.leg().heard()).containsExactly(PROMPT, "conf-bad_pin", PROMPT);
  }

  @Test
  void aForcedMemberNeedsAMemberPin() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]},\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.element("{\"id\":\"room\",\"moderator\":false}");
    ann.leg().replies(PROMPT, "9999#", "1234#");

    assertThat(passed(decide()).moderator()).isFalse();
    assertThat(ann.leg().heard()).containsExactly(PROMPT, "conf-bad_pin", PROMPT);
  }

  @Test
  void anEmptyEntryMakesARegularParticipantIfOnlyModeratorsHavePins() {
    bed.room("{\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.leg().replies(PROMPT, "#");

    assertThat(passed(decide()).moderator()).isFalse();
    assertThat(ann.leg().heard()).containsExactly(PROMPT);
  }

  @Test
  void aCallerWhoPressesNothingIsARegularParticipantIfOnlyModeratorsHavePins() {
    bed.room("{\"moderator\":{\"pins\":[\"9999\"]}}");

    assertThat(passed(decide()).moderator()).isFalse();
  }

  @Test
  void aWrongEntryIsRefusedEvenIfOnlyModeratorsHavePins() {
    bed.room("{\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.leg().replies(PROMPT, "1#", "2#", "3#");

    assertThat(refused(decide()).reason()).isEqualTo(ConferenceOutcome.BAD_PIN);
  }

  @Test
  void anEmptyEntryIsWrongIfMembersHavePins() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "#", "#", "#");

    assertThat(refused(decide()).reason()).isEqualTo(ConferenceOutcome.BAD_PIN);
  }

  @Test
  void anEmptyEntryDoesNotMakeAForcedModerator() {
    bed.room("{\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.element("{\"id\":\"room\",\"moderator\":true}");
    ann.leg().replies(PROMPT, "#", "#", "#");

    assertThat(refused(decide()).reason()).isEqualTo(ConferenceOutcome.BAD_PIN);
  }

  @Test
  void withUnreadablePinsCallersAreAskedButNoPinIsAccepted() {
    bed.room("{\"member\":{\"pins\":\"1234\"}}");
    ann.leg().replies(PROMPT, "1234#", "1234#", "1234#");

    assertThat(refused(decide()).reason()).isEqualTo(ConferenceOutcome.BAD_PIN);
  }

  // ---- tries and timeouts

  @Test
  void theThirdTryCanSucceed() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "1#", "2#", "1234#");

    assertThat(passed(decide()).moderator()).isFalse();
  }

  @Test
  void afterThreeWrongPinsTheCallerIsRefused() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "1#", "2#", "3#", "1234#");

    Refusal refusal = refused(decide());

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.BAD_PIN);
    assertThat(prompts(refusal)).containsExactly("conf-too_many_attempts");
    assertThat(refusal.conference()).contains("room");
    assertThat(ann.leg().heard())
        .containsExactly(PROMPT, "conf-bad_pin", PROMPT, "conf-bad_pin", PROMPT, "conf-bad_pin");
  }

  @Test
  void theCallerHasFiveSecondsForTheFirstKeyAfterThePrompt() {
    bed.room("{\"moderator\":{\"pins\":[\"9999\"]}}");

    decide();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(3 + 5));
  }

  @Test
  void theConfigurationSetsTheTimeForTheFirstKey() {
    bed.account("{\"pin_timeout\":1000}").room("{\"moderator\":{\"pins\":[\"9999\"]}}");

    decide();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(3 + 1));
  }

  @Test
  void theDocumentOverridesTheConfiguration() {
    bed.account("{\"pin_timeout\":1000}")
        .room("{\"moderator\":{\"pins\":[\"9999\"]},\"pin_timeout\":2000}");

    decide();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(3 + 2));
  }

  @Test
  void thePinIsCompleteTwoSecondsAfterTheLastKey() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "1234");

    assertThat(passed(decide()).moderator()).isFalse();
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aPinCanBeLongerThanAConferenceNumber() {
    bed.room("{\"member\":{\"pins\":[\"12345678901234567890\"]}}");
    ann.leg().replies(PROMPT, "12345678901234567890");

    assertThat(passed(decide()).moderator()).isFalse();
  }

  // ---- guessing

  @Test
  void aNumberWithTooManyWrongPinsIsRefusedAtOnce() {
    bed.account("{\"pin_throttle\":{\"attempts\":2}}").room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "1#", "2#", "1234#");

    Refusal refusal = refused(decide());

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.THROTTLED);
    assertThat(prompts(refusal)).containsExactly("conf-too_many_attempts");
    assertThat(ann.leg().heard()).containsExactly(PROMPT, "conf-bad_pin", PROMPT);
  }

  @Test
  void aNumberWithTooManyWrongPinsIsNotAskedAgain() {
    bed.account("{\"pin_throttle\":{\"attempts\":1}}").room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "1#");
    decide();
    Visitor again = bed.visitor("ann-again").number("493055501");

    assertThat(refused(decide(again)).reason()).isEqualTo(ConferenceOutcome.THROTTLED);
    assertThat(again.leg().heard()).isEmpty();
  }

  @Test
  void callersFromAnotherNumberAreStillAsked() {
    bed.account("{\"pin_throttle\":{\"attempts\":1}}").room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "1#");
    decide();
    Visitor bob = bed.visitor("bob");
    bob.leg().replies(PROMPT, "1234#");

    assertThat(passed(decide(bob)).moderator()).isFalse();
  }

  @Test
  void anEmptyEntryDoesNotCountAsAGuess() {
    bed.account("{\"pin_throttle\":{\"attempts\":1}}").room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PROMPT, "#", "#", "1234#");

    assertThat(passed(decide()).moderator()).isFalse();
  }

  @Test
  void aCorrectPinIsRefusedIfTheNumberHasBeenBlockedInTheMeantime() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg()
        .on(
            PROMPT,
            () -> {
              for (int i = 0; i < 10; i++) {
                guess("493055501");
              }
              ann.leg().press("1234#");
            });

    assertThat(refused(decide()).reason()).isEqualTo(ConferenceOutcome.THROTTLED);
  }

  @Test
  void aCallerHearsMusicWhileWaitingForTheirTurnInARoomUnderAttack() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    attack();
    ann.leg().replies(PROMPT, "1234#");

    assertThat(passed(decide()).moderator()).isFalse();
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(ann.leg().orders())
        .containsExactly("play " + PROMPT, "play hold_music endlessly", "stop hold_music");
  }

  @Test
  void aCallerWaitsAtMostHalfAMinuteForTheirTurn() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    attack();
    // Another caller is ahead in the queue, and never takes their turn.
    guess(PinAttempt.begin(throttle, Bed.ROOM, "49301", LIMITS));
    ann.leg().replies(PROMPT, "1234#");

    assertThat(refused(decide()).reason()).isEqualTo(ConferenceOutcome.THROTTLED);
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(30));
    assertThat(ann.leg().orders()).endsWith("play hold_music endlessly", "stop hold_music");
  }

  @Test
  void aCallerWhoHangsUpLeavesTheQueue() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    attack();
    ann.leg().replies(PROMPT, "1234#");
    ann.leg().hangsUp(Duration.ofMillis(500));
    bed.begin(this::decide);
    Visitor bob = bed.visitor("bob");
    bob.leg().replies(PROMPT, "1234#");

    assertThat(passed(decide(bob)).moderator()).isFalse();
  }

  @Test
  void aWaitingCallerHearsTheRoomsMusic() {
    bed.document(DocumentType.MEDIA, "jazz", "{}");
    bed.room("{\"member\":{\"pins\":[\"1234\"]},\"profile\":{\"moh-sound\":\"jazz\"}}");
    attack();
    ann.leg().replies(PROMPT, "1234#");

    decide();

    assertThat(ann.leg().heard()).containsExactly(PROMPT, "media:jazz");
  }

  @Test
  void anEmptyEntryNeedsNoTurnInTheQueue() {
    bed.room("{\"moderator\":{\"pins\":[\"9999\"]}}");
    attack();
    ann.leg().replies(PROMPT, "#");

    assertThat(passed(decide()).moderator()).isFalse();
    assertThat(bed.time.elapsed()).isZero();
  }

  private Result<Guest> decide() {
    return decide(ann);
  }

  private Result<Guest> decide(Visitor visitor) {
    return bed.run(() -> new RoleAndPin(throttle).decide(visitor.target()));
  }

  private Result<Guest> decideByNumber(boolean moderator) {
    Target target = ann.target();
    return bed.run(() ->
        new RoleAndPin(throttle)
            .decide(Target.of(target.caller(), target.conference(), Optional.of(moderator))));
  }

  /**
   * Enters so many wrong PINs, from different numbers, that callers from unknown numbers must wait
   * for their turn.
   */
  private void attack() {
    for (int i = 0; i < 50; i++) {
      guess("4989" + i);
    }
  }

  private void guess(String number) {
    try (PinAttempt attempt = PinAttempt.begin(throttle, Bed.ROOM, number, LIMITS)) {
      guess(attempt);
    }
  }

  private static PinEntry<Boolean> guess(PinAttempt attempt) {
    return attempt.check(Optional::empty);
  }
}
