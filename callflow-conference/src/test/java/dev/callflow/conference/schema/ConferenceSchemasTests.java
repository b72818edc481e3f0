package dev.callflow.conference.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ConferenceSchemasTests {

  @Test
  void aValidConferenceHasNoProblems() {
    assertThat(
            conference(
                """
                {"id":"b0a4d000000000000000000000000001","name":"Board","play_entry_tone":"x",
                 "member":{"pins":["1234"],"join_muted":true},"max_participants":10,"_own":"key"}\
                """))
        .isEmpty();
  }

  @Test
  void pinsThatAreNumbersAreReportedWithoutTheirValues() {
    List<Problem> problems =
        conference("{\"name\":\"x\",\"member\":{\"pins\":[482913,\"77a201\"]}}");
    assertThat(problems)
        .extracting(problem -> problem.pointer().toString())
        .containsExactly("/member/pins/0", "/member/pins/1");
    assertThat(problems.toString()).doesNotContain("482913", "77a201");
  }

  @Test
  void harmlessMistakesAreReportedAsRepaired() {
    assertThat(conference("{\"name\":\"x\",\"play_name\":\"true\",\"max_participants\":\"5\"}"))
        .extracting(Problem::message)
        .allMatch(message -> message.contains("; treated as a"));
  }

  @Test
  void messagesNameTheLimitsAndTheAllowedValues() {
    assertThat(
            conference(
                """
                {"name":"","max_participants":-1,"duplicate_policy":"maybe",
                 "profile":{"rate":1,"max-members":1},"play_exit_tone":7}\
                """))
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "/name: must have at least 1 character",
            "/max_participants: must be at least 0",
            "/duplicate_policy: must be one of allow, refuse, replace",
            "/profile/rate: must be one of 12000, 16000, 24000, 32000, 44100, 48000, 8000",
            "/profile/max-members: must be at least 2",
            "/play_exit_tone: must be a boolean or a string");
  }

  @Test
  void aStoredConferenceNeedsAName() {
    assertThat(conference("{}"))
        .extracting(Problem::message)
        .containsExactly("missing required property \"name\"");
  }

  @Test
  void problemsInAnElementsConfigurationPointIntoTheElement() {
    ObjectNode data =
        Json.readObject("{\"id\":\"short\",\"config\":{\"member\":{\"join_deaf\":1}}}");
    assertThat(ConferenceSchemas.checkElement(data))
        .extracting(problem -> problem.pointer().toString())
        .containsExactly("/config/member/join_deaf", "/id");
  }

  @Test
  void idsThatAreNotAsLongAsKazoosAreOnlyWarnings() {
    assertThat(conference("{\"name\":\"x\",\"owner_id\":\"bob\"}"))
        .extracting(Problem::toString)
        .containsExactly("/owner_id: warning: does not have 32 characters, as Kazoo's ids have");
    assertThat(element("{\"id\":\"w1\"}"))
        .containsExactly("/id: warning: does not have 32 characters, as Kazoo's ids have");
  }

  // ---- unknown keys

  @Test
  void unknownKeysAreWarnings() {
    assertThat(
            conference(
                """
                {"name":"x","colour":1,"max_particpants":5,"member":{"join_mutd":false},"_rev":"1",
                 "ui_flags":{},"play_name":"true","join_deaf":true}\
                """))
        .extracting(Problem::toString)
        .containsExactly(
            "/play_name: is a string, but must be a boolean; treated as a boolean",
            "/colour: warning: unknown key, which has no effect",
            "/max_particpants: warning: unknown key, which has no effect; did you mean"
                + " \"max_participants\"?",
            "/member/join_mutd: warning: unknown key, which has no effect; did you mean"
                + " \"join_muted\"?",
            "/join_deaf: warning: unknown key, which has no effect; did you mean"
                + " \"member.join_deaf\" or \"moderator.join_deaf\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'member':{'pin':'482913'}}|/member/pin|pins",
        "{'member':{'Pins':['482913']}}|/member/Pins|pins",
        "{'moderator':{'pns':['482913']}}|/moderator/pns|pins",
        "{'member':{'pins':[],'pin_code':'482913'}}|/member/pin_code|pins",
        "{'pin':'482913'}|/pin|member.pins",
        "{'pins':['482913']}|/pins|member.pins",
        "{'roomPassword':'482913'}|/roomPassword|member.pins",
        "{'moderator_pins':['482913']}|/moderator_pins|moderator.pins",
        "{'moderator_pins':['482913'],'member':{'pins':['739164']}}|/moderator_pins|moderator.pins",
        "{'moderator_pin':'482913','moderator':{}}|/moderator_pin|moderator.pins",
        "{'moderater':{'pins':['482913']}}|/moderater|moderator",
        "{'moderater':{'pins':['482913']},'moderator':{'pins':[]}}|/moderater|moderator",
        "{'members':{'pins':['482913']}}|/members|member",
        "{'wait_for_moderater':true}|/wait_for_moderater|wait_for_moderator",
        "{'require-moderator':'true'}|/require-moderator|require_moderator"
      })
  void aMisspeltGuardOfTheRoomIsAProblem(String body, String place, String meant) {
    assertThat(conference(named(body)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.warning()).isFalse())
        .extracting(Problem::toString)
        .asString()
        .startsWith(place + ": unknown key, so ")
        .endsWith("; did you mean \"" + meant + "\"?")
        .doesNotContain("482913");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'member':{'pins':['739164'],'pin':'482913'}}",
        "{'member':{'pins':['739164']},'pin':'482913'}",
        "{'moderator':{'pins':['739164']},'moderator_pin':'482913'}",
        "{'wait_for_moderater':false}",
        "{'wait_for_moderator':true,'wait_for_moderater':true}",
        "{'members':7}",
        "{'pin_timout':5000}"
      })
  void aMisspeltGuardThatOpensNothingIsAWarning(String body) {
    assertThat(conference(named(body))).singleElement().matches(Problem::warning);
  }

  private static String named(String body) {
    return body.replace('\'', '"').replaceFirst("\\{", "{\"name\":\"x\",");
  }

  @Test
  void thePinOfAProfileIsAProblemIfTheRoomHasNoOther() {
    assertThat(conference("{\"name\":\"x\",\"profile\":{\"pin\":\"1\",\"moderator_pin\":\"2\"}}"))
        .extracting(Problem::toString)
        .containsExactly(
            "/profile/pin: is ignored, so callers get in without a PIN; set member.pins instead",
            "/profile/moderator_pin: is ignored, so callers get in without a PIN; set"
                + " moderator.pins instead");
    assertThat(
            conference(
                "{\"name\":\"x\",\"member\":{\"pins\":[\"482913\"]},\"profile\":{\"pin\":\"1\"}}"))
        .isEmpty();
  }

  @Test
  void misspeltKeysOfAnElementAreFoundAlsoInItsConfiguration() {
    String id = "\"id\":\"b0a4d000000000000000000000000001\"";
    assertThat(element("{" + id + ",\"moderater\":true}"))
        .containsExactly(
            "/moderater: unknown key, so it does not decide the role; did you mean"
                + " \"moderator\"?");
    assertThat(element("{" + id + ",\"pin\":\"482913\",\"colour\":1}"))
        .containsExactly(
            "/pin: unknown key; PINs belong in the conference document or in \"config\", in"
                + " \"member.pins\" or \"moderator.pins\"",
            "/colour: warning: unknown key, which has no effect");
    assertThat(element("{\"config\":{\"member\":{\"pin\":\"482913\"},\"plya_name\":true}}"))
        .containsExactly(
            "/config/member/pin: unknown key, so callers get in without a PIN; did you mean"
                + " \"pins\"?",
            "/config/plya_name: warning: unknown key, which has no effect; did you mean"
                + " \"play_name\"?");
  }

  private static List<String> element(String text) {
    return ConferenceSchemas.checkElement(Json.readObject(text)).stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void everyKeyOfADialRequestIsChecked() {
    assertThat(dial("{\"endpoints\":[\"1002\",{\"sip\":{}}],\"participant_flags\":[\"mute\"]}"))
        .isEmpty();
    assertThat(dial("{}")).containsExactly("missing required property \"endpoints\"");
    assertThat(
            dial(
                """
                {"endpoints":[],"participant_flags":["foo"],"timeout":0,"caller_id_number":5,
                 "outbound_call_id":"","custom_application_vars":{"a":1}}\
                """))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactlyInAnyOrder(
            "/endpoints",
            "/participant_flags/0",
            "/timeout",
            "/caller_id_number",
            "/outbound_call_id",
            "/custom_application_vars/a");
    assertThat(dial("{\"endpoints\":[5]}"))
        .extracting(text -> text.substring(0, 13))
        .containsExactly("/endpoints/0:");
  }

  @Test
  void problemsInAProfilePointIntoTheProfile() {
    assertThat(
            conference("{\"name\":\"x\",\"profile\":{\"interval\":\"20\",\"comfort-noise\":-1}}"))
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "/profile/interval: is a string, but must be an integer; treated as an integer",
            "/profile/comfort-noise: must be at least 0");
    assertThat(conference("{\"name\":\"x\",\"profile\":\"wide\"}"))
        .extracting(Problem::message)
        .containsExactly("is a string, but must be an object; treated as profile_name");
  }

  @Test
  void conferenceNumbersThatAreJsonNumbersAreTreatedAsStrings() {
    assertThat(
            conference(
                "{\"name\":\"x\",\"conference_numbers\":[70],\"member\":{\"numbers\":[71]}}"))
        .extracting(Problem::message)
        .hasSize(2)
        .allMatch(message -> message.endsWith("treated as a string"));
  }

  @Test
  void keyGroupsAreChecked() {
    assertThat(
            conference(
                """
                {"name":"x","controls":{"default":[{"action":"dance","digits":"1"},
                  {"action":"mute","digits":"x"},{"digits":"3"}]}}\
                """))
        .extracting(problem -> problem.pointer().toString())
        .containsExactlyInAnyOrder(
            "/controls/default/0/action", "/controls/default/1/digits", "/controls/default/2");
  }

  private static List<String> dial(String text) {
    return ConferenceSchemas.checkDial(Json.readObject(text)).stream()
        .map(Problem::toString)
        .toList();
  }

  private static List<Problem> conference(String text) {
    return ConferenceSchemas.checkConference(Json.readObject(text));
  }
}
