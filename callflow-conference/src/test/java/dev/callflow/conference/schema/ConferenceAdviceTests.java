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
import tools.jackson.databind.node.ObjectNode;

class ConferenceAdviceTests {

  private static final AccountId ACME = new AccountId("acme");

  private final MemoryStore store = new MemoryStore().account(ACME, Json.object());

  @Test
  void aConferenceWithoutDoubtsHasNoAdvice() {
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
  void membersWhoAreMutedWithoutAWord() {
    assertThat(alone("{\"name\":\"x\"}"))
        .containsExactly(
            "/member/join_muted: warning: is not said, so that members join muted; say true if that"
                + " is wanted");
    assertThat(alone("{\"name\":\"x\",\"member\":{\"join_muted\":true}}")).isEmpty();
  }

  @Test
  void theSamePinInBothListsMakesNoModerator() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true,"pins":["482913"]},
                 "moderator":{"pins":["775533","482913","775533"]}}\
                """))
        .containsExactly(
            "/moderator/pins/1: warning: is a member's PIN, too: nobody becomes a moderator by it",
            "/moderator/pins/2: warning: stands in the list twice")
        .noneMatch(text -> text.contains("482913") || text.contains("775533"));
  }

  @Test
  void aPinOfFewerThanSixDigitsIsSoonGuessed() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true,"pins":["12345","123456"]},
                 "moderator":{"pins":["9","1234567"]}}\
                """))
        .containsExactly(
            "/member/pins/0: warning: has fewer than 6 digits: it is soon guessed",
            "/moderator/pins/0: warning: has fewer than 6 digits: it is soon guessed")
        .noneMatch(text -> text.contains("12345"));
  }

  @Test
  void whatOnlyAProfileOfTheSwitchsOwnCanDoNeedsOneThatIsNamed() {
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
  void whatTheApplicationDoesOtherwiseIsNotTakenFromAProfile() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},
                 "profile":{"pin":"1234","endconf-grace-time":"5","member-enter-sound":"conf-alone",
                            "suppress-events":"add-member"}}\
                """))
        .extracting(text -> text.substring(0, text.indexOf(": is not used")))
        .containsExactly(
            "/profile/pin: warning",
            "/profile/endconf-grace-time: warning",
            "/profile/member-enter-sound: warning",
            "/profile/suppress-events: warning");
  }

  @Test
  void aNumberInTwoListsMakesNoModerator() {
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
  void aModeratorIsNeededAndThereIsNoWayIn() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true,"pins":["1"]},"moderator":{"pins":["1"]},
                 "wait_for_moderator":true,"require_moderator":true}\
                """))
        .anyMatch(text -> text.startsWith("/wait_for_moderator: warning: there is no way in"))
        .anyMatch(text -> text.startsWith("/require_moderator: warning: there is no way in"));
  }

  @Test
  void aCallflowOfTheAccountMayBeTheWayIn() {
    String waits = "{\"member\":{\"join_muted\":true},\"wait_for_moderator\":true}";
    assertThat(among("c", waits)).hasSize(1);
    store.put(
        ACME,
        DocumentType.CALLFLOW,
        "f",
        (ObjectNode)
            Json.read(
                """
                {"flow":{"module":"play","children":{"_":{"module":"conference",
                  "data":{"id":"c","moderator":true}}}}}\
                """));
    assertThat(among("c", waits)).isEmpty();
    assertThat(among("other", waits)).hasSize(1);
  }

  @Test
  void endsThatNeverCome() {
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
  void keysThatHideEachOther() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"caller_controls":"gone",
                 "controls":{"a/b":[{"action":"mute","digits":"*1"},{"action":"deaf","digits":"*12"},
                   {"action":"lock","digits":"9"},{"action":"floor","digits":"9"}]}}\
                """))
        .containsExactly(
            "/controls/a~1b/2/digits: warning: the same keys stand again below: these are hidden",
            "/controls/a~1b/0/digits: warning: other keys begin like these, which act only two"
                + " seconds later",
            "/caller_controls: warning: names a group that nobody has defined: there are no keys");
  }

  @Test
  void mediaThatTheAccountDoesNotHave() {
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
  void parametersOfAProfileThatNameFilesAreNotUsed() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"profile_name":"x","profile":{
                 "sound_prefix":"/srv/other","video-mute-banner":"/etc/passwd",
                 "conference-flags":"wait-mod|audio-always"}}\
                """))
        .containsExactly(
            "/profile/sound_prefix: warning: is not used: only sounds may name a file, and only what"
                + " the account may hear",
            "/profile/video-mute-banner: warning: is not used: only sounds may name a file, and only"
                + " what the account may hear");
  }

  @Test
  void pinsOfTheMixerAreNotUsedAndFocusIsReadOnly() {
    assertThat(
            alone(
                """
                {"member":{"join_muted":true},"focus":"fs1","profile":{"pin":"482913"}}\
                """))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly("/profile/pin", "/focus");
  }

  @Test
  void aNumberThatBelongsToTwoConferencesIsWrongAndNotOnlyUnwanted() {
    store.put(
        ACME,
        DocumentType.CONFERENCE,
        "b",
        (ObjectNode) Json.read("{\"moderator\":{\"numbers\":[\"70\"]}}"));
    List<Problem> problems =
        ConferenceAdvice.of(
            conference(
                "a", "{\"member\":{\"join_muted\":true},\"conference_numbers\":[\"1\",\"70\"]}"),
            ACME,
            store);
    assertThat(problems)
        .containsExactly(
            Problem.at("/conference_numbers/1", "also belongs to conference b: it leads to none"));
  }

  @Test
  void elementsOfCallflowsAreLookedAtToo() {
    Document callflow =
        new Document(
            DocumentType.CALLFLOW,
            "f",
            (ObjectNode)
                Json.read(
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
    return new Document(DocumentType.CONFERENCE, id, (ObjectNode) Json.read(body), id);
  }
}
