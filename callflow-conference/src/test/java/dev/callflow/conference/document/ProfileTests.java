package dev.callflow.conference.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.store.MemoryStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ProfileTests {

  private static final AccountId ACME = new AccountId("acme");

  @Test
  void withoutConfigurationTheBuiltInValuesApply() {
    assertThat(profile("{}", "{}", "{}").parameters())
        .containsEntry("alone-sound", "conf-alone")
        .containsEntry("muted-sound", "conf-muted")
        .containsEntry("moh-sound", "$${hold_music}")
        .containsEntry("comfort-noise", "1000")
        .containsEntry("rate", "48000")
        .doesNotContainKeys("enter-sound", "locked-sound", "max-members");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                            | {}                                                 | {}                                                                | 20
          {}                                            | {}                                                 | {"profiles":{"default":{"interval":30}}}                           | 30
          {}                                            | {"profiles":{"default":{"interval":40}}}           | {"profiles":{"default":{"interval":30}}}                           | 40
          {"language":"fr"}                             | {"profiles":{"default":{"interval":40}}}           | {"profiles":{"fr":{"default":{"interval":50}}}}                    | 50
          {"language":"fr"}                             | {"profiles":{"fr":{"default":{"interval":60}}}}    | {"profiles":{"fr":{"default":{"interval":50}}}}                    | 60
          {"base_profile_name":"b"}                     | {"profiles":{"default":{"interval":40}}}           | {"profiles":{"b":{"interval":70}}}                                 | 70
          {"base_profile_name":"b","profile_name":"n"}  | {"profiles":{"b":{"interval":70}}}                 | {"profiles":{"n":{"interval":80}}}                                 | 80
          {"profile_name":"n","profile":{"interval":90}}| {"profiles":{"n":{"interval":80}}}                 | {}                                                                | 90
          {"profile":"n"}                               | {"profiles":{"n":{"interval":80}}}                 | {}                                                                | 80
          {"profile":{"interval":"100"}}                | {}                                                 | {}                                                                | 100
          """)
  void theHighestLevelThatSetsAValueWins(
      String document, String account, String system, String interval) {
    assertThat(profile(document, account, system).parameters()).containsEntry("interval", interval);
  }

  @Test
  void fieldsOfTheDocumentOverrideItsProfile() {
    assertThat(
            profile(
                    """
                    {"max_participants":7,"max_members_media":"full-house","caller_controls":"mine",
                     "moderator_controls":"none","domain":"rooms.example.com",
                     "profile":{"max-members":3,"max-members-sound":"other","caller-controls":"x",
                                "domain":"y"}}\
                    """,
                    "{}",
                    "{}")
                .parameters())
        .containsEntry("max-members", "7")
        .containsEntry("max-members-sound", "full-house")
        .containsEntry("caller-controls", "mine")
        .containsEntry("moderator-controls", "none")
        .containsEntry("domain", "rooms.example.com");
  }

  @Test
  void unknownKeysAreKeptWithHyphens() {
    assertThat(
            profile("{\"profile\":{\"tts_engine\":\"flite\",\"auto-gain-level\":5}}", "{}", "{}")
                .parameters())
        .containsEntry("tts-engine", "flite")
        .containsEntry("auto-gain-level", "5");
  }

  @Test
  void invalidKeysAndValuesAreLeftOut() {
    Profile profile =
        profile("{\"profile\":{\"moh-sound\":{},\"a b\":\"x\",\"interval\":[1]}}", "{}", "{}");
    assertThat(profile.parameters())
        .containsEntry("moh-sound", "$${hold_music}")
        .containsEntry("interval", "20")
        .doesNotContainKey("a b");
  }

  @Test
  void numbersOutOfRangeAreIgnored() {
    Profile profile =
        profile("{\"profile\":{\"energy-level\":9000,\"interval\":30,\"rate\":\"x\"}}", "{}", "{}");
    assertThat(profile.integer("energy-level", 0, 1800)).isEmpty();
    assertThat(profile.integer("rate", 8000, 48_000)).isEmpty();
    assertThat(profile.integer("interval", 10, 120)).hasValue(30);
  }

  @Test
  void builtInNumbersAreNotSentToTheMixer() {
    assertThat(profile("{}", "{}", "{}").integer("rate", 8000, 48_000)).isEmpty();
  }

  @Test
  void onlyValuesOfItsOwnProfilesAreTheConferencesChoice() {
    String account =
        "{\"profiles\":{\"default\":{\"enter-sound\":\"a\"},\"n\":{\"exit-sound\":\"b\"}}}";
    Profile profile = profile("{\"profile_name\":\"n\"}", account, "{}");
    assertThat(profile.chosen("enter-sound")).isEmpty();
    assertThat(profile.text("enter-sound")).hasValue("a");
    assertThat(profile.chosen("exit-sound")).hasValue("b");
  }

  @ParameterizedTest
  @CsvSource({
    "alone-sound,conf-alone,conf-alone",
    "alone-sound,stored,media:stored",
    "alone-sound,unknown,",
    "alone-sound,conf-own,media:conf-own",
    "moh-sound,wait-music,media:wait-music",
    "moh-sound,conf-alone,",
    "moh-sound,$${hold_music},hold_music",
    "moh-sound,https://media.example.com/x.wav,https://media.example.com/x.wav",
    "moh-sound,https://other.example.com/x.wav,",
    "muted-sound,tone_stream://%(1;0;440),",
    "muted-sound,silence_stream://1,",
    "muted-sound,shell_stream://ls,",
    "muted-sound,/etc/../x,"
  })
  void soundsAreStoredMediaPromptsUrlsOrSilence(String key, String text, String name) {
    MemoryStore store =
        new MemoryStore()
            .put(ACME, DocumentType.MEDIA, "conf-own", Json.object())
            .put(ACME, DocumentType.MEDIA, "stored", Json.object())
            .put(ACME, DocumentType.MEDIA, "wait-music", Json.object());
    ObjectNode document = Json.object();
    document.putObject("profile").put(key, text);
    Optional<String> sound =
        Profile.of(ConferenceDocument.adHoc("x", document), settings("{}", "{}"))
            .sound(
                key, MediaGuard.standard().host("media.example.com").reader(ACME, store), "en-us")
            .map(Media::name);
    assertThat(sound).isEqualTo(Optional.ofNullable(name));
  }

  private static Profile profile(String document, String account, String system) {
    return Profile.of(
        ConferenceDocument.adHoc("x", Json.readObject(document)), settings(account, system));
  }

  private static LayeredSettings settings(String account, String system) {
    return new LayeredSettings(Json.readObject(account), Json.readObject(system));
  }
}
