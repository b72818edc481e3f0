package dev.callflow.conference.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ConferenceSchemasTests {

  @Test
  void aValidConferenceHasNoProblems() {
    assertThat(
            conference(
                """
                {"id":"b0a4d000000000000000000000000001","name":"Board","play_entry_tone":"x",
                 "member":{"pins":["1234"],"join_muted":true},"max_participants":10,"own":"key"}\
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
        (ObjectNode) Json.read("{\"id\":\"short\",\"config\":{\"member\":{\"join_deaf\":1}}}");
    assertThat(ConferenceSchemas.checkElement(data))
        .extracting(problem -> problem.pointer().toString())
        .containsExactly("/id", "/config/member/join_deaf");
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
    return ConferenceSchemas.checkDial((ObjectNode) Json.read(text)).stream()
        .map(Problem::toString)
        .toList();
  }

  private static List<Problem> conference(String text) {
    return ConferenceSchemas.checkConference((ObjectNode) Json.read(text));
  }
}
