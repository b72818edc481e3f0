package dev.callflow.conference.admission;

import static dev.callflow.conference.bed.Bed.passed;
import static dev.callflow.conference.bed.Bed.prompts;
import static dev.callflow.conference.bed.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Refusal;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.document.StoreUnavailableException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Finding the conference that an element selects. */
class FindRoomTests {

  private final Bed bed = new Bed();
  private final FindRoom findRoom = new FindRoom(bed.mixer, bed.roomDocuments);

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void callersAreRefusedWhileTheMixerIsUnavailable() {
    bed.room("{}");
    bed.mixer.available(false);

    Refusal refusal = refused(find("{\"id\":\"room\"}"));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.UNAVAILABLE);
    assertThat(prompts(refusal)).containsExactly("conf-unavailable");
  }

  @Test
  void anIdSelectsTheStoredConference() {
    bed.room("{\"name\":\"Board\"}");

    ConferenceDocument found = found("{\"id\":\"room\"}").conference();

    assertThat(found.id()).isEqualTo("room");
    assertThat(found.name()).isEqualTo("Board");
    assertThat(found.stored()).isTrue();
  }

  @Test
  void anUnknownIdWithoutAConfigurationIsRefused() {
    Refusal refusal = refused(find("{\"id\":\"nowhere\"}"));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.NOT_FOUND);
    assertThat(prompts(refusal)).containsExactly("conf-bad_conf");
  }

  @Test
  void anUnknownIdWithAConfigurationIsAnAdHocConference() {
    ConferenceDocument found =
        found("{\"id\":\"nowhere\",\"config\":{\"play_name\":true}}").conference();

    assertThat(found.id()).isEqualTo("nowhere");
    assertThat(found.stored()).isFalse();
    assertThat(found.prompts().playName()).isTrue();
  }

  @Test
  void aConfigurationDoesNotChangeTheStoredConference() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");

    ConferenceDocument found =
        found("{\"id\":\"room\",\"config\":{\"member\":{\"pins\":[\"\"]}}}").conference();

    assertThat(found.stored()).isTrue();
    assertThat(found.member().pins().contain("1234")).isTrue();
  }

  @Test
  void aConfigurationWithTheIdOfAStoredConferenceSelectsItWithItsPins() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");

    ConferenceDocument found = found("{\"config\":{\"id\":\"room\"}}").conference();

    assertThat(found.stored()).isTrue();
    assertThat(found.member().pins().areSet()).isTrue();
  }

  @Test
  void aConfigurationWithTheNameOfAStoredConferenceSelectsItWithItsPins() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");

    ConferenceDocument found = found("{\"config\":{\"name\":\"room\"}}").conference();

    assertThat(found.stored()).isTrue();
    assertThat(found.member().pins().areSet()).isTrue();
  }

  @Test
  void theNameInAConfigurationCanSelectAStoredConferenceIfItsIdDoesNot() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");

    ConferenceDocument found =
        found("{\"config\":{\"id\":\"other\",\"name\":\"room\"}}").conference();

    assertThat(found.id()).isEqualTo("room");
    assertThat(found.stored()).isTrue();
  }

  @Test
  void theNameInAConfigurationDoesNotReplaceTheElementsOwnId() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");

    ConferenceDocument found =
        found("{\"id\":\"mine\",\"config\":{\"name\":\"room\"}}").conference();

    assertThat(found.id()).isEqualTo("mine");
    assertThat(found.stored()).isFalse();
  }

  @Test
  void theIdOfAConfigurationTakesPrecedenceOverItsName() {
    assertThat(found("{\"config\":{\"id\":\"first\",\"name\":\"second\"}}").conference().id())
        .isEqualTo("first");
  }

  @Test
  void aConfigurationWithAnUnknownNameIsAnAdHocConference() {
    ConferenceDocument found =
        found("{\"config\":{\"name\":\"huddle\",\"max_participants\":3,\"pvt_secret\":\"x\"}}")
            .conference();

    assertThat(found.id()).isEqualTo("huddle");
    assertThat(found.stored()).isFalse();
    assertThat(found.seating().limit()).hasValue(3);
    assertThat(found.body().has("pvt_secret")).isFalse();
  }

  @Test
  void aDialledConferenceTakesPrecedenceOverAConfiguration() {
    bed.roomDocuments.dials(
        new RoomId(Bed.ACME, "huddle"),
        ConferenceDocument.adHoc("huddle", Bed.json("{\"member\":{\"pins\":[\"1234\"]}}")));

    assertThat(found("{\"config\":{\"name\":\"huddle\"}}").conference().member().pins().areSet())
        .isTrue();
    assertThat(found("{\"id\":\"huddle\"}").conference().member().pins().areSet()).isTrue();
  }

  @Test
  void aStoredConferenceTakesPrecedenceOverADialledOne() {
    bed.room("{\"name\":\"stored\"}");
    bed.roomDocuments.dials(
        Bed.ROOM, ConferenceDocument.adHoc("room", Bed.json("{\"name\":\"dialled\"}")));

    assertThat(found("{\"id\":\"room\"}").conference().name()).isEqualTo("stored");
  }

  @Test
  void anElementWithoutAnIdOrNameSelectsNoConferenceYet() {
    assertThat(passed(find("{}"))).isEmpty();
    assertThat(passed(find("{\"config\":{\"play_name\":true}}"))).isEmpty();
  }

  @Test
  void anUnreadableStoreIsAnErrorAndNotAnAdHocConference() {
    bed.room("{}");
    Caller caller = bed.visitor("ann").element("{\"config\":{\"id\":\"room\"}}").caller();
    bed.readOnly.goesDown();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> findRoom.find(caller));
  }

  private Result<Optional<Target>> find(String element) {
    return findRoom.find(bed.visitor("ann").element(element).caller());
  }

  private Target found(String element) {
    return passed(find(element)).orElseThrow();
  }
}
