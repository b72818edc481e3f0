package dev.callflow.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.testkit.replay.result.CaseResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The reports of cases whose expectations are not met. */
@Isolated("the cases check everything that the process logs")
class CaseRunnerTests {

  @Test
  void theReportOfAPassedCaseIsOneLine() throws Exception {
    CaseResult result = run("\"alice\": {\"hears\": [\"conf-welcome\"]}", "");

    assertThat(result.passed()).isTrue();
    assertThat(result.report()).isEqualTo("passed  Example");
  }

  @Test
  void expectedAndActualMediaAreShownSideBySide() throws Exception {
    CaseResult result = run("\"alice\": {\"hears\": [\"conf-hello\", \"conf-welcome\"]}", "");

    assertThat(result.report())
        .isEqualTo(
            """
            FAILED  Example
                    alice hears:
                      #  expected      was
                      1  conf-hello    conf-welcome at 0s   <-
                      2  conf-welcome  -   <-\
            """);
  }

  @Test
  void timesAreExact() throws Exception {
    assertThat(run("\"alice\": {\"joins\": {\"at\": \"2s\"}}", "").differences()).isEmpty();
    assertThat(run("\"alice\": {\"joins\": {\"at\": \"2001ms\"}}", "").differences())
        .containsExactly("alice: joins: at: expected 2001ms, but was 2000ms");
  }

  @Test
  void everyPropertyOfACallIsCompared() throws Exception {
    CaseResult result =
        run(
            """
            "alice": {"joins": {"conference": "b", "moderator": true}, "outcome": "kicked",
              "branch": ["play"], "answered": false,
              "ends": {"by": "engine", "cause": "USER_BUSY", "at": "1s"}}
            """,
            "");

    assertThat(result.differences())
        .containsExactly(
            "alice: joins: conference: expected \"b\", but was \"Weekly\"",
            "alice: joins: moderator: expected true, but was false",
            "alice: outcome: expected kicked, but was left",
            "alice: branch: expected [play], but was []",
            "alice: ends: by: expected \"engine\", but was \"caller\"",
            "alice: ends: cause: expected \"USER_BUSY\", but was \"NORMAL_CLEARING\"",
            "alice: ends: at: expected 1s, but was 7000ms",
            "alice: answered: expected false, but was true");
  }

  @Test
  void anUnexpectedJoinIsReported() throws Exception {
    assertThat(run("\"alice\": {\"joins\": false}", "").differences())
        .containsExactly("alice: expected not to join, but did at 2s: acme/Weekly");
  }

  @Test
  void eventsMustBePublishedInOrder() throws Exception {
    CaseResult result =
        run("", ", \"events\": [{\"event\": \"del-member\"}, {\"event\": \"add-member\"}]");

    assertThat(result.differences())
        .singleElement()
        .asString()
        .startsWith("events: number 2 was not published after the ones before it: ")
        .contains("2s       add-member           acme/Weekly alice");
  }

  @Test
  void aForbiddenEventIsReported() throws Exception {
    assertThat(
            run("", ", \"never\": [{\"event\": \"add-member\", \"call\": \"alice\"}]")
                .differences())
        .singleElement()
        .asString()
        .startsWith("never: {\"event\":\"add-member\",\"call\":\"alice\"} was published at 2s: ");
  }

  @Test
  void anUnexpectedRoomStateIsShownInFull() throws Exception {
    assertThat(run("", ", \"at\": {\"3s\": {\"acme/Weekly\": {\"members\": 2}}}").differences())
        .singleElement()
        .asString()
        .contains("acme/Weekly at 3s:", "expected {\"members\":2}", "\"call\":\"alice\"");
  }

  @Test
  void roomMediaAndRecordingsAreCompared() throws Exception {
    CaseResult result =
        run(
            "",
            ", \"room_hears\": {\"acme/Weekly\": [\"beep\"]}, \"recordings\": {\"acme/Weekly\":"
                + " 1}");

    assertThat(result.differences())
        .anyMatch(line -> line.startsWith("acme/Weekly hears:"))
        .contains("acme/Weekly: recordings: expected 1, but was 0");
  }

  @Test
  void forbiddenTextInTheLogIsFoundAsAWholeWordAndMasked() throws Exception {
    assertThat(run("", ", \"logs_never\": [\"500\"]").passed()).isTrue();
    assertThat(run("", ", \"logs_never\": [\"5000\"]").differences())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("logs_never: ") && !line.contains("to 5000"));
  }

  @Test
  void anUnexpectedReplyIsShown() throws Exception {
    CaseFile file =
        CaseFile.parse(
            "example",
            """
            {"case": "Example", "accounts": {"acme": {}},
             "control": [{"at": "1s", "account": "acme", "conference": "none", "action": "mute",
               "participant": "nobody", "reply": "ok", "returns": {"muted": true}}]}
            """);

    assertThat(CaseRunner.run(file).differences())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("/control/0 mute (acme/none): expected the reply ok, but got bad_identifier");
  }

  @Test
  void aTriggerThatDoesNotOccurIsReported() throws Exception {
    CaseFile file =
        CaseFile.parse("example", example("", "").replace("\"joined\"", "\"hears conf-goodbye\""));

    CaseResult result = CaseRunner.run(file);

    assertThat(result.differences())
        .containsExactly(
            "alice has not ended after one hour",
            """
            /calls/alice/does/0: alice waited for "hears conf-goodbye", which did not happen; instead:
            alice
              0s hears conf-welcome
              was in Weekly\
            """);
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("hears conf-goodbye");
  }

  @Test
  void aTriggerThatDoesNotOccurFailsACaseWithoutExpectations() throws Exception {
    String two =
        """
        {"case": "Example",
         "accounts": {"acme": {"callflows": [{"numbers": ["5000"],
           "flow": {"module": "play", "data": {"id": "bye"}}}], "media": [{"id": "bye"}]}},
         "calls": {"alice": {"at": "0s", "account": "acme", "to": "5000",
           "does": [{"when": "start", "speaks": "1s"}, {"when": "%s", "hangs up": true}]}},
         "expect": {"calls": {"alice": {%s}}}}
        """;

    assertThat(CaseRunner.run(CaseFile.parse("a", two.formatted("hears byee", ""))).report())
        .isEqualTo(
            """
            FAILED  Example
                    /calls/alice/does/1: alice waited for "hears byee", which did not happen; instead:
                    alice
                      0s hears media:bye
                      3s the call ended: NORMAL_CLEARING, by engine\
            """);
    assertThat(CaseRunner.run(CaseFile.parse("a", two.formatted("joined", ""))).passed()).isFalse();
    assertThat(
            CaseRunner.run(CaseFile.parse("a", two.formatted("joined", "\"joins\": false")))
                .passed())
        .as("a case that expects the caller not to join passes")
        .isTrue();
  }

  @Test
  void aCaseHasTheSameResultEachTime() throws Exception {
    List<String> never = run("", ", \"never\": [{\"conference_id\": \"Weekly\"}]").differences();

    assertThat(run("", ", \"never\": [{\"conference_id\": \"Weekly\"}]").differences())
        .isNotEmpty()
        .isEqualTo(never);
  }

  /** Alice hears the welcome for 2 s, joins the room, and hangs up 5 s later. */
  private static CaseResult run(String calls, String more) throws Exception {
    return CaseRunner.run(CaseFile.parse("example", example(calls, more)));
  }

  private static String example(String calls, String more) {
    return """
    {"case": "Example",
     "accounts": {"acme": {"callflows": [{"numbers": ["5000"],
       "flow": {"module": "conference", "data": {"config": {"name": "Weekly"}}}}]}},
     "calls": {"alice": {"at": "0s", "account": "acme", "to": "5000",
       "does": [{"when": "joined", "after": "5s", "hangs up": true}]}},
     "expect": {"calls": {%s}%s}}
    """
        .formatted(calls, more);
  }
}
