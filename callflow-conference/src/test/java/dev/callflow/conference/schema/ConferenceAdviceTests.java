package dev.callflow.conference.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConferenceAdviceTests {

  private static final AccountId ACME = new AccountId("acme");

  private final MemoryStore store = new MemoryStore().account(ACME, Json.object());

  @Test
  void aConferenceWithSoundSettingsHasNoWarnings() {
    assertThat(
            alone(
                """
                {"name":"x","member":{"join_muted":false,"pins":["482913"]},"moderator":{"pins":["739164"]},
                 "wait_for_moderator":true,"require_moderator":true,"endconf_grace_time":5,
                 "controls":{"default":[{"action":"mute","digits":"1"}]},
                 "play_entry_tone":"%(1,0,1)","max_members_media":"https://x.example.com/full.wav"}\
                """))
        .isEmpty();
  }

  @Test
  void aConferenceThatDoesNotSetJoinMutedHasAWarning() {
    assertThat(alone("{\"name\":\"x\"}"))
        .containsExactly(
            "/member/join_muted: warning: is not set, so regular participants join muted; set"
                + " it to true if this is intended");
    assertThat(alone("{\"name\":\"x\",\"member\":{\"join_muted\":true}}")).isEmpty();
  }

  @Test
  void aWrongTypeOfJoinMutedIsNotTakenForAMissingValue() {
    assertThat(alone("{\"name\":\"x\",\"member\":{\"join_muted\":\"yes\"}}")).isEmpty();
  }

  @Test
  void aParameterThatIsSimilarToOneOfFreeSwitchIsProbablyMisspelt() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"profile_name":"own",
                 "profile":{"moh-suond":"local_stream://moh","tts_engine":"flite","own":"1"}}\
                """))
        .containsExactly(
            "/profile/moh-suond: warning: is ignored: only sounds may name files, and only files"
                + " that the account may use",
            "/profile/moh-suond: warning: unknown parameter; did you mean \"moh-sound\"?");
  }

  @Test
  void keyGroupsThatAreNoListsAreLeftToTheSchema() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"controls":{"default":{"1":"mute"},"page":5}}\
                """))
        .isEmpty();
  }

  @Test
  void aPinOfBothRolesNeverMakesAModerator() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true,"pins":["482913"]},
                 "moderator":{"pins":["775533","482913","775533"]}}\
                """))
        .containsExactly(
            "/moderator/pins/1: warning: is also a PIN of the member role, so it never makes a"
                + " caller a moderator",
            "/moderator/pins/2: warning: is in the list twice")
        .noneMatch(text -> text.contains("482913") || text.contains("775533"));
  }

  @Test
  void aPinOfFewerThanSixDigitsIsEasyToGuess() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true,"pins":["12345","123456"]},
                 "moderator":{"pins":["9","1234567"]}}\
                """))
        .containsExactly(
            "/member/pins/0: warning: has fewer than 6 digits and is easy to guess",
            "/moderator/pins/0: warning: has fewer than 6 digits and is easy to guess")
        .noneMatch(text -> text.contains("12345"));
  }

  @Test
  void someParametersNeedANamedProfileOfTheSwitch() {
    String body =
        """
        {"member":{"join_muted":true},"domain":"x.example.com",%s
         "profile":{"comfort-noise":300,"tts_engine":"flite","energy-level":200,
                    "moh-sound":"https://x.example.com/a.wav","announce-count":3}}\
        """;
    assertThat(alone(body.formatted("")))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly("/domain", "/profile/comfort-noise", "/profile/tts_engine");
    assertThat(alone(body.formatted("\"profile_name\":\"quiet\","))).isEmpty();
  }

  @Test
  void profileParametersThatTheDocumentReplacesAreIgnored() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},
                 "profile":{"pin":"1234","endconf-grace-time":"5","member-enter-sound":"conf-alone",
                            "suppress-events":"add-member"}}\
                """))
        .extracting(text -> text.substring(0, text.indexOf(": is ignored")))
        .containsExactly(
            "/profile/pin: warning",
            "/profile/endconf-grace-time: warning",
            "/profile/member-enter-sound: warning",
            "/profile/suppress-events: warning");
  }

  @Test
  void aNumberInTwoListsNeverMakesAModerator() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true,"numbers":["5"]},"conference_numbers":["6"],
                 "moderator":{"numbers":["5","6","7"]}}\
                """))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly("/moderator/numbers/0", "/moderator/numbers/1");
  }

  @Test
  void aConferenceThatNeedsAModeratorMustLetOneIn() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true,"pins":["1"]},"moderator":{"pins":["1"]},
                 "wait_for_moderator":true,"require_moderator":true}\
                """))
        .anyMatch(text ->
            text.startsWith("/wait_for_moderator: warning: no caller can become a moderator"))
        .anyMatch(text ->
            text.startsWith("/require_moderator: warning: no caller can become a moderator"));
  }

  @Test
  void aCallflowOfTheAccountCanMakeModerators() {
    String waits = "{\"member\":{\"join_muted\":true},\"wait_for_moderator\":true}";
    assertThat(among("c", waits)).hasSize(1);
    store.put(
        ACME,
        DocumentType.CALLFLOW,
        "f",
        Json.readObject(
            """
            {"flow":{"module":"play","children":{"_":{"module":"conference",
              "data":{"id":"c","moderator":true}}}}}\
            """));
    assertThat(among("c", waits)).isEmpty();
    assertThat(among("other", waits)).hasSize(1);
  }

  @Test
  void timersAndRecordingsThatNeverStartHaveWarnings() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"endconf_grace_time":5,"wait_timeout":60,
                 "auto_record":true,"max_participants":1}\
                """))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly("/endconf_grace_time", "/wait_timeout", "/auto_record");
  }

  @Test
  void overlappingKeysHaveWarnings() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"caller_controls":"gone",
                 "controls":{"a/b":[{"action":"mute","digits":"*1"},{"action":"deaf","digits":"*12"},
                   {"action":"lock","digits":"9"},{"action":"floor","digits":"9"}]}}\
                """))
        .containsExactly(
            "/controls/a~1b/2/digits: warning: is repeated further down, so this"
                + " entry has no effect",
            "/controls/a~1b/0/digits: warning: is the beginning of another entry, so it"
                + " takes effect only after two seconds",
            "/caller_controls: warning: names an undefined group, so no keys work");
  }

  @Test
  void mediaThatTheAccountDoesNotHaveAreReported() {
    String media =
        """
        {"member":{"join_muted":true},"max_members_media":"full-house-9","play_entry_tone":"true",
         "play_exit_tone":"shell_stream://ls","profile":{"alone-sound":"there9","moh-sound":"gone9",
         "muted-sound":"conf-muted"}}\
        """;
    assertThat(alone(media)).isEmpty();
    store.put(ACME, DocumentType.MEDIA, "there9", Json.object());
    assertThat(among("c", media))
        .containsExactly(
            "/max_members_media: warning: is not the id of a media document of the account",
            "/profile/moh-sound: warning: is not the id of a media document of the account");
  }

  @Test
  void profileParametersThatNameFilesAreIgnored() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"profile_name":"x","profile":{
                 "sound_prefix":"/srv/other","video-mute-banner":"/etc/passwd",
                 "conference-flags":"wait-mod|audio-always"}}\
                """))
        .containsExactly(
            "/profile/sound_prefix: warning: is ignored: only sounds may name files, and"
                + " only files that the account may use",
            "/profile/video-mute-banner: warning: is ignored: only sounds may name files, and"
                + " only files that the account may use");
  }

  @Test
  void pinsOfTheMixerAreIgnoredAndFocusIsReadOnly() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"focus":"fs1","profile":{"pin":"482913"}}\
                """))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly("/profile/pin", "/focus");
  }

  @Test
  void aNumberThatBelongsToTwoConferencesIsAnErrorAndNotOnlyAWarning() {
    store.put(
        ACME,
        DocumentType.CONFERENCE,
        "b",
        Json.readObject("{\"moderator\":{\"numbers\":[\"70\"]}}"));
    List<Problem> problems =
        ConferenceAdvice.of(
            conference(
                "a", "{\"member\":{\"join_muted\":true},\"conference_numbers\":[\"1\",\"70\"]}"),
            ACME,
            store);
    assertThat(problems)
        .containsExactly(
            Problem.at(
                "/conference_numbers/1",
                "also belongs to conference b, so callers can reach neither conference with it"));
  }

  @Test
  void conferenceElementsOfCallflowsAreExaminedToo() {
    Document callflow =
        new Document(
            DocumentType.CALLFLOW,
            "f",
            Json.readObject(
                """
                {"flow":{"module":"play","data":{},"children":{"a/b":{"module":"conference",
                  "data":{"id":"gone","welcome_prompt":{"media_id":"gone9"}}},
                 "_":{"module":"conference","data":{"config":{"name":"x",
                  "endconf_grace_time":5}}}}}}\
                """),
            "f");
    assertThat(ConferenceAdvice.of(callflow, ACME, store))
        .extracting(problem -> problem.pointer().toString())
        .containsExactly(
            "/flow/children/a~1b/data/welcome_prompt/media_id",
            "/flow/children/a~1b/data/id",
            "/flow/children/_/data/config/endconf_grace_time");
  }

  private static List<String> alone(String body) {
    return ConferenceAdvice.of(conference("c", body)).stream().map(Problem::toString).toList();
  }

  private List<String> among(String id, String body) {
    return ConferenceAdvice.of(conference(id, body), ACME, store).stream()
        .map(Problem::toString)
        .toList();
  }

  private static Document conference(String id, String body) {
    return new Document(DocumentType.CONFERENCE, id, Json.readObject(body), id);
  }
}
