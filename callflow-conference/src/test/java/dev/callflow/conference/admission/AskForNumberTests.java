package dev.callflow.conference.admission;

import static dev.callflow.conference.bed.Bed.passed;
import static dev.callflow.conference.bed.Bed.prompts;
import static dev.callflow.conference.bed.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.visit.Refusal;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller selects a conference by entering its number. */
class AskForNumberTests {

  private static final String PROMPT = "conf-enter_conf_number";

  private final Bed bed = new Bed();
  private final Visitor ann = bed.visitor("ann").element("{}");

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aNumberSelectsTheConferenceThatHasIt() {
    bed.conference("one", "{\"conference_numbers\":[\"100\"]}");
    bed.conference("two", "{\"conference_numbers\":[\"200\"]}");
    ann.leg().replies(PROMPT, "200#");

    Target found = passed(ask());

    assertThat(found.conference().id()).isEqualTo("two");
    assertThat(found.conference().stored()).isTrue();
    assertThat(ann.leg().heard()).containsExactly(PROMPT);
  }

  @Test
  void aConferenceNumberLeavesTheRoleOpen() {
    bed.conference("one", "{\"conference_numbers\":[\"100\"]}");
    ann.leg().replies(PROMPT, "100#");

    assertThat(passed(ask()).moderatorByNumber()).isEmpty();
  }

  @Test
  void aModeratorNumberMakesAModerator() {
    bed.conference("one", "{\"moderator\":{\"numbers\":[\"900\"]}}");
    ann.leg().replies(PROMPT, "900#");

    assertThat(passed(ask()).moderatorByNumber()).contains(true);
  }

  @Test
  void aMemberNumberMakesARegularParticipant() {
    bed.conference("one", "{\"member\":{\"numbers\":[\"800\"]}}");
    ann.leg().replies(PROMPT, "800#");

    assertThat(passed(ask()).moderatorByNumber()).contains(false);
  }

  @Test
  void aNumberOfBothRolesLeavesTheRoleOpen() {
    bed.conference("one", "{\"member\":{\"numbers\":[\"1\"]},\"moderator\":{\"numbers\":[\"1\"]}}");
    ann.leg().replies(PROMPT, "1#");

    assertThat(passed(ask()).moderatorByNumber()).isEmpty();
  }

  @Test
  void aModeratorNumberThatIsAlsoAConferenceNumberMakesNoModerator() {
    bed.conference("one", "{\"conference_numbers\":[\"1\"],\"moderator\":{\"numbers\":[\"1\"]}}");
    ann.leg().replies(PROMPT, "1#");

    assertThat(passed(ask()).moderatorByNumber()).isEmpty();
  }

  @Test
  void aNumberOfTwoConferencesSelectsNeither() {
    bed.conference("one", "{\"conference_numbers\":[\"100\"]}");
    bed.conference("two", "{\"moderator\":{\"numbers\":[\"100\"]}}");
    ann.leg().replies(PROMPT, "100#");

    assertThat(refused(ask()).reason()).isEqualTo(ConferenceOutcome.BAD_NUMBER);
  }

  @Test
  void aNumberOfAnotherAccountSelectsNothing() {
    bed.store.put(
        new AccountId("other"),
        DocumentType.CONFERENCE,
        "theirs",
        Bed.json("{\"conference_numbers\":[\"100\"]}"));
    ann.leg().replies(PROMPT, "100#");

    assertThat(refused(ask()).reason()).isEqualTo(ConferenceOutcome.BAD_NUMBER);
  }

  @Test
  void afterAWrongNumberTheCallerIsAskedAgain() {
    bed.conference("one", "{\"conference_numbers\":[\"100\"]}");
    ann.leg().replies(PROMPT, "999#", "100#");

    assertThat(passed(ask()).conference().id()).isEqualTo("one");
    assertThat(ann.leg().heard()).containsExactly(PROMPT, "conf-bad_conf", PROMPT);
  }

  @Test
  void afterThreeWrongNumbersTheCallerIsRefused() {
    bed.conference("one", "{\"conference_numbers\":[\"100\"]}");
    ann.leg().replies(PROMPT, "999#", "998#", "997#", "100#");

    Refusal refusal = refused(ask());

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.BAD_NUMBER);
    assertThat(prompts(refusal)).containsExactly("conf-too_many_attempts");
    assertThat(refusal.conference()).isEmpty();
    assertThat(ann.leg().heard())
        .containsExactly(PROMPT, "conf-bad_conf", PROMPT, "conf-bad_conf", PROMPT, "conf-bad_conf");
  }

  @Test
  void anEmptyEntryCountsAsATry() {
    bed.conference("one", "{\"conference_numbers\":[\"\"]}");
    ann.leg().replies(PROMPT, "#", "#", "#");

    assertThat(refused(ask()).reason()).isEqualTo(ConferenceOutcome.BAD_NUMBER);
  }

  @Test
  void theCallerHasFiveSecondsForTheFirstKeyAfterThePrompt() {
    // Three rounds, each with the prompt (3 s), silence (5 s) and the "bad number" prompt (3 s).
    ask();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(3 * (3 + 5 + 3)));
  }

  @Test
  void theAccountsConfigurationSetsTheTimeForTheFirstKey() {
    bed.account("{\"number_timeout\":1000}");

    ask();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(3 * (3 + 1 + 3)));
  }

  @Test
  void theElementsConfigurationOverridesTheAccounts() {
    bed.account("{\"number_timeout\":1000}");
    ann.element("{\"config\":{\"number_timeout\":2000}}");

    ask();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(3 * (3 + 2 + 3)));
  }

  @Test
  void aTimeoutOfZeroIsIgnored() {
    ann.element("{\"config\":{\"number_timeout\":0}}");

    ask();

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(3 * (3 + 5 + 3)));
  }

  @Test
  void theNumberIsCompleteTwoSecondsAfterTheLastKey() {
    bed.conference("one", "{\"conference_numbers\":[\"100\"]}");
    ann.leg().replies(PROMPT, "100");

    assertThat(passed(ask()).conference().id()).isEqualTo("one");
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void theNumberIsCompleteAfterSixteenDigits() {
    bed.conference("one", "{\"conference_numbers\":[\"1234567890123456\"]}");
    ann.leg().replies(PROMPT, "12345678901234567");

    assertThat(passed(ask()).conference().id()).isEqualTo("one");
    assertThat(bed.time.elapsed()).isZero();
  }

  @Test
  void theConferenceOverlaysTheElementsConfiguration() {
    bed.conference("one", "{\"conference_numbers\":[\"100\"],\"max_participants\":3}");
    ann.element("{\"config\":{\"max_participants\":9,\"wait_for_moderator\":true}}");
    ann.leg().replies(PROMPT, "100#");

    Target found = passed(ask());

    assertThat(found.conference().seating().limit()).hasValue(3);
    assertThat(found.conference().moderation().waitForModerator()).isTrue();
    assertThat(found.conference().stored()).isTrue();
  }

  @Test
  void theElementsConfigurationDoesNotReplaceThePinsOfTheConference() {
    bed.conference("one", "{\"conference_numbers\":[\"100\"],\"member\":{\"pins\":[\"1234\"]}}");
    ann.element("{\"config\":{\"member\":{\"pins\":[]}}}");
    ann.leg().replies(PROMPT, "100#");

    assertThat(passed(ask()).conference().member().pins().contain("1234")).isTrue();
  }

  private Result<Target> ask() {
    return bed.run(() -> new AskForNumber().ask(ann.caller()));
  }
}
