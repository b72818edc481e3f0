package dev.callflow.conference.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.DocumentType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetTests {

  private final Bed bed = new Bed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void theRoomIsNamedAfterTheAccountAndTheConference() {
    bed.room("{}");

    assertThat(bed.visitor("ann").target().room()).isEqualTo(Bed.ROOM);
  }

  @Test
  void theDocumentsLanguageOverridesTheCallers() {
    bed.account("{\"language\":\"fr-fr\"}").room("{\"language\":\"de-de\"}");

    assertThat(bed.visitor("ann").target().prompt("conf-bad_pin"))
        .isEqualTo(new Media.Prompt("conf-bad_pin", "de-de"));
  }

  @Test
  void theCallersLanguageAppliesIfTheDocumentHasNone() {
    bed.account("{\"language\":\"fr-fr\"}").room("{}");

    assertThat(bed.visitor("ann").target().language()).isEqualTo("fr-fr");
  }

  @Test
  void waitingCallersHearTheRoomsMusicOrTheSwitchs() {
    bed.document(DocumentType.MEDIA, "jazz", "{}");

    bed.room("{\"profile\":{\"moh-sound\":\"jazz\"}}");
    assertThat(bed.visitor("ann").target().holdMusic()).isEqualTo(new Media.Stored("jazz", "jazz"));

    bed.room("{\"profile\":{\"moh-sound\":\"silence_stream://1\"}}");
    assertThat(bed.visitor("bob").target().holdMusic()).isEqualTo(new Media.HoldMusic());
  }

  @Test
  void aSoundThatTheAccountMayNotUseIsIgnored() {
    bed.room("{\"profile\":{\"locked-sound\":\"/etc/passwd\"}}");

    assertThat(bed.visitor("ann").target().sound("locked-sound")).isEmpty();
  }

  @Test
  void aRefusalNamesTheConference() {
    bed.room("{\"language\":\"de-de\"}");

    assertThat(bed.visitor("ann").target().refuse(ConferenceOutcome.FULL, "conf-full"))
        .isEqualTo(
            new Refusal(
                ConferenceOutcome.FULL,
                List.of(new Media.Prompt("conf-full", "de-de")),
                Optional.of("room")));
  }

  @Test
  void aCallerIsAGuestWithoutAnInvitation() {
    bed.room("{}");

    assertThat(bed.visitor("ann").member().invitation()).isEmpty();
    assertThat(bed.visitor("ann").member().moderator()).isFalse();
    assertThat(bed.visitor("bob").moderator().moderator()).isTrue();
  }

  @Test
  void anInvitedParticipantIsAModeratorIfTheirFlagsContainModerator() {
    bed.room("{}");
    Target target = bed.visitor("ann").target();

    assertThat(Guest.invited(target, new Guest.Terms(Set.of(MemberFlag.MODERATOR), "")).moderator())
        .isTrue();
    assertThat(Guest.invited(target, new Guest.Terms(Set.of(MemberFlag.MUTE), "")).moderator())
        .isFalse();
  }
}
