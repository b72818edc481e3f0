package dev.callflow.conference.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomProfile;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import org.junit.jupiter.api.Test;

class RoomProfilesTests {

  private static final AccountId ACME = new AccountId("acme");

  private final MemoryStore store =
      new MemoryStore()
          .account(
              ACME,
              Json.readObject(
                  """
                  {"realm":"acme.example.com","config":{"conferences":{
                    "profiles":{"default":{"comfort-noise":1400}}}}}\
                  """))
          .put(ACME, DocumentType.MEDIA, "jazz", Json.object());

  @Test
  void theMixerReceivesTheParametersThatOnlyItCanApply() {
    RoomProfile profile =
        profile(
            """
            {"profile":{"rate":16000,"interval":30,"energy-level":300,"moh-sound":"jazz",
                        "tts-engine":"flite","kicked-sound":"conf-kicked"},
             "profile_name":"wide","max_participants":5}\
            """);
    assertThat(profile.name()).isEqualTo("wide");
    assertThat(profile.parameters())
        .containsEntry("rate", "16000")
        .containsEntry("interval", "30")
        .containsEntry("energy-level", "300")
        .containsEntry("comfort-noise", "1400")
        .containsEntry("tts-engine", "flite")
        .containsEntry("domain", "acme.example.com")
        .containsEntry("max-members", "15");
    assertThat(profile.sounds())
        .containsEntry("moh-sound", new Media.Stored("jazz", "jazz"))
        .containsEntry("kicked-sound", new Media.Prompt("conf-kicked"));
  }

  @Test
  void theMixerReceivesNoFileThatTheAccountMayNotUse() {
    RoomProfile profile =
        profile(
            """
            {"profile":{"sound-prefix":"/var/lib/other","perpetual_sound":"/etc/passwd",
                        "moh-sound":"http://169.254.169.254/","video-mute-banner":"/etc/passwd",
                        "kicked-sound":"say:hello","tts-voice":"${system(id)}",
                        "conference-flags":"wait-mod|audio-always"}}\
            """);
    assertThat(profile.sounds()).isEmpty();
    assertThat(profile.parameters())
        .containsEntry("conference-flags", "wait-mod|audio-always")
        .doesNotContainKeys(
            "sound-prefix", "perpetual-sound", "moh-sound", "video-mute-banner", "tts-voice");
  }

  @Test
  void theMixerDoesNotReceiveTheParametersThatTheApplicationHandles() {
    RoomProfile profile =
        profile(
            """
            {"endconf_grace_time":5,"auto_record":true,
             "profile":{"pin":"482913","moderator_pin":"77","member-flags":"ghost","auto-record":true,
                        "announce-count":3,"enter-sound":"a","locked-sound":"b",
                        "suppress-events":"del-member"}}\
            """);
    assertThat(profile.parameters())
        .containsEntry("caller-controls", "none")
        .containsEntry("moderator-controls", "none")
        .doesNotContainKeys(
            "pin",
            "moderator-pin",
            "member-flags",
            "auto-record",
            "announce-count",
            "endconf-grace-time",
            "suppress-events",
            "max-members");
    assertThat(profile.sounds())
        .doesNotContainKeys("enter-sound", "locked-sound", "alone-sound", "muted-sound");
    assertThat(profile.toString()).doesNotContain("482913");
  }

  @Test
  void aRoomThatIsNotStoredHasTheAccountsProfile() {
    RoomProfile profile =
        new RoomProfiles(store, MediaGuard.standard(), new RoomDocuments(store))
            .of(new RoomId(ACME, "den"));
    assertThat(profile.name()).isEqualTo("default");
    assertThat(profile.parameters()).containsEntry("comfort-noise", "1400");
  }

  private RoomProfile profile(String conference) {
    store.put(ACME, DocumentType.CONFERENCE, "c", Json.readObject(conference));
    return new RoomProfiles(store, MediaGuard.standard(), new RoomDocuments(store))
        .of(new RoomId(ACME, "c"));
  }
}
