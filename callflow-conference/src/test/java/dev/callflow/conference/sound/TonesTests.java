package dev.callflow.conference.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.visit.Guest;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.DocumentType;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The tones that the room hears when a participant enters or leaves. In descending order of
 * precedence, the levels are: the element, the document, the profile that the conference names, the
 * account's configuration and then the system's (each with the moderators' tones first), the
 * default profile, and the built-in tone.
 */
class TonesTests {

  private static final String BUILT_IN_ENTRY =
      "tone_stream://v=-7;>=2;+=.1;%(300,0,523,659);v=-7;>=3;+=.1;%(800,0,659,783)";
  private static final String BUILT_IN_EXIT =
      "tone_stream://v=-7;>=2;+=.1;%(300,0,523,440);v=-7;>=3;+=.1;%(800,0,349,440)";

  private final Bed bed =
      new Bed()
          .room("{}")
          .document(DocumentType.MEDIA, "ding", "{}")
          .document(DocumentType.MEDIA, "dong", "{}");
  private final Visitor ann = bed.visitor("ann");

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- the levels

  @Test
  void theBuiltInToneIsTheDefault() {
    assertThat(Tones.ENTRY.of(ann.member())).contains(new Media.Stream(BUILT_IN_ENTRY));
    assertThat(Tones.EXIT.of(ann.member())).contains(new Media.Stream(BUILT_IN_EXIT));
  }

  @Test
  void theDefaultProfileOverridesTheBuiltInTone() {
    bed.account("{\"profiles\":{\"default\":{\"enter-sound\":\"ding\",\"exit-sound\":\"dong\"}}}");

    assertThat(entry(ann.member())).contains("media:ding");
    assertThat(exit(ann.member())).contains("media:dong");
  }

  @Test
  void theSystemsToneOverridesTheDefaultProfile() {
    bed.account("{\"profiles\":{\"default\":{\"enter-sound\":\"dong\",\"exit-sound\":\"dong\"}}}")
        .system("{\"entry_tone\":\"ding\",\"exit_tone\":\"ding\"}");

    assertThat(entry(ann.member())).contains("media:ding");
    assertThat(exit(ann.member())).contains("media:ding");
  }

  @Test
  void theSystemsModeratorToneOverridesItsGeneralToneForModerators() {
    bed.system(
        """
        {"entry_tone": "dong", "moderator_entry_tone": "ding",
         "exit_tone": "dong", "moderator_exit_tone": "ding"}
        """);

    assertThat(entry(ann.moderator())).contains("media:ding");
    assertThat(exit(ann.moderator())).contains("media:ding");
    assertThat(entry(ann.member())).contains("media:dong");
    assertThat(exit(ann.member())).contains("media:dong");
  }

  @Test
  void theAccountsToneOverridesTheSystems() {
    bed.system("{\"moderator_entry_tone\":\"dong\",\"entry_tone\":\"dong\"}")
        .account("{\"entry_tone\":\"ding\"}");

    assertThat(entry(ann.member())).contains("media:ding");
    assertThat(entry(ann.moderator())).contains("media:ding");
  }

  @Test
  void theAccountsModeratorToneOverridesItsGeneralToneForModerators() {
    bed.account("{\"entry_tone\":\"dong\",\"moderator_entry_tone\":\"ding\"}");

    assertThat(entry(ann.moderator())).contains("media:ding");
    assertThat(entry(ann.member())).contains("media:dong");
  }

  @Test
  void theConferencesOwnProfileOverridesTheAccountsTone() {
    bed.account("{\"entry_tone\":\"dong\",\"moderator_entry_tone\":\"dong\"}")
        .room("{\"profile\":{\"enter-sound\":\"ding\"}}");

    assertThat(entry(ann.moderator())).contains("media:ding");
  }

  @Test
  void theDocumentOverridesTheProfile() {
    bed.room(
        """
        {"profile": {"enter-sound": "dong", "exit-sound": "dong"},
         "play_entry_tone": "ding", "play_exit_tone": "ding"}
        """);

    assertThat(entry(ann.member())).contains("media:ding");
    assertThat(exit(ann.member())).contains("media:ding");
  }

  @Test
  void theElementOverridesTheDocument() {
    bed.room("{\"play_entry_tone\":\"dong\",\"play_exit_tone\":\"dong\"}");
    ann.element("{\"id\":\"room\",\"play_entry_tone\":\"ding\",\"play_exit_tone\":\"ding\"}");

    assertThat(entry(ann.member())).contains("media:ding");
    assertThat(exit(ann.member())).contains("media:ding");
  }

  // ---- on and off

  @Test
  void aHigherLevelCanSwitchTheToneOff() {
    bed.account("{\"entry_tone\":\"dong\"}").room("{\"play_entry_tone\":false}");

    assertThat(entry(ann.member())).isEmpty();
    assertThat(exit(ann.member())).contains(BUILT_IN_EXIT);
  }

  @Test
  void aHigherLevelCanSwitchTheToneOnAgain() {
    bed.room("{\"play_entry_tone\":false}");
    ann.element("{\"id\":\"room\",\"play_entry_tone\":true}");

    assertThat(entry(ann.member())).contains(BUILT_IN_ENTRY);
  }

  @Test
  void aToneThatIsOnPlaysTheNearestConfiguredSound() {
    bed.account("{\"entry_tone\":\"ding\"}");
    ann.element("{\"id\":\"room\",\"play_entry_tone\":true}");

    assertThat(entry(ann.member())).contains("media:ding");
  }

  @Test
  void aSilentStreamInAProfileSwitchesTheToneOff() {
    bed.room("{\"profile\":{\"enter-sound\":\"silence_stream://1\"}}");

    assertThat(entry(ann.member())).isEmpty();
  }

  @Test
  void pagesAreSilent() {
    bed.room("{\"profile_name\":\"page\"}");

    assertThat(entry(ann.member())).isEmpty();
    assertThat(exit(ann.member())).isEmpty();
  }

  @Test
  void anAccountCanSwitchOffTheTonesOfModerators() {
    bed.account("{\"moderator_entry_tone\":false,\"entry_tone\":\"ding\"}");

    assertThat(entry(ann.moderator())).isEmpty();
    assertThat(entry(ann.member())).contains("media:ding");
  }

  @Test
  void aSoundThatTheAccountMayNotUseIsReplacedByTheNextOne() {
    bed.account("{\"entry_tone\":\"ding\"}").room("{\"play_entry_tone\":\"/etc/passwd\"}");

    assertThat(entry(ann.member())).contains("media:ding");
  }

  private static Optional<String> entry(Guest guest) {
    return Tones.ENTRY.of(guest).map(Media::name);
  }

  private static Optional<String> exit(Guest guest) {
    return Tones.EXIT.of(guest).map(Media::name);
  }
}
