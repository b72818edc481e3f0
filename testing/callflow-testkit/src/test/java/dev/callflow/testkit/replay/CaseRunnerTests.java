package dev.callflow.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.testkit.replay.result.CaseResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said when something is not as a case expects. */
class CaseRunnerTests {

  @Test
  void aCaseThatPassesIsOneLine() throws Exception {
    CaseResult result = run("\"alice\": {\"hears\": [\"conf-welcome\"]}", "");

    assertThat(result.passed()).isTrue();
    assertThat(result.report()).isEqualTo("passed  Example");
  }

  @Test
  void whatWasHeardStandsBesideWhatWasExpected() throws Exception {
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
        .containsExactly("alice: joins: at: expected 2001ms, was 2000ms");
  }

  @Test
  void everythingAboutACallIsCompared() throws Exception {
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
            "alice: joins: conference: expected \"b\", was \"Weekly\"",
            "alice: joins: moderator: expected true, was false",
            "alice: outcome: expected kicked, was left",
            "alice: branch: expected [play], was []",
            "alice: ends: by: expected \"engine\", was \"caller\"",
            "alice: ends: cause: expected \"USER_BUSY\", was \"NORMAL_CLEARING\"",
            "alice: ends: at: expected 1s, was 7000ms",
            "alice: answered: expected false, was true");
  }

  @Test
  void aJoinThatMustNotBeIsNamed() throws Exception {
    assertThat(run("\"alice\": {\"joins\": false}", "").differences())
        .containsExactly("alice: expected not to join, did so at 2s: acme/Weekly");
  }

  @Test
  void eventsMustComeInTheirOrder() throws Exception {
    CaseResult result =
        run("", ", \"events\": [{\"event\": \"del-member\"}, {\"event\": \"add-member\"}]");

    assertThat(result.differences())
        .singleElement()
        .asString()
        .startsWith("events: number 2 did not come after those before it: ")
        .contains("2s       add-member           acme/Weekly alice");
  }

  @Test
  void anEventThatMustNotBeIsNamed() throws Exception {
    assertThat(
            run("", ", \"never\": [{\"event\": \"add-member\", \"call\": \"alice\"}]")
                .differences())
        .singleElement()
        .asString()
        .startsWith("never: {\"event\":\"add-member\",\"call\":\"alice\"} came at 2s: ");
  }

  @Test
  void aRoomThatIsNotAsExpectedIsShownWhole() throws Exception {
    assertThat(run("", ", \"at\": {\"3s\": {\"acme/Weekly\": {\"members\": 2}}}").differences())
        .singleElement()
        .asString()
        .contains("acme/Weekly at 3s:", "expected {\"members\":2}", "\"call\":\"alice\"");
  }

  @Test
  void whatTheRoomHearsAndItsRecordingsAreCompared() throws Exception {
    CaseResult result =
        run(
            "",
            ", \"room_hears\": {\"acme/Weekly\": [\"beep\"]}, \"recordings\": {\"acme/Weekly\": 1}");

    assertThat(result.differences())
        .anyMatch(line -> line.startsWith("acme/Weekly hears:"))
        .contains("acme/Weekly: recordings: expected 1, was 0");
  }

  @Test
  void aTextThatMustNotBeLoggedIsFoundAsAWholeWordAndNotShownAgain() throws Exception {
    assertThat(run("", ", \"logs_never\": [\"500\"]").passed()).isTrue();
    assertThat(run("", ", \"logs_never\": [\"5000\"]").differences())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("logs_never: ") && !line.contains("to 5000"));
  }

  @Test
  void aReplyThatIsNotAsExpectedIsShown() throws Exception {
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
        .startsWith("/control/0 mute (acme/none): expected the reply ok, was bad_identifier");
  }

  @Test
  void aCallerWhoWaitsInVainSaysForWhat() throws Exception {
    CaseFile file =
        CaseFile.parse("example", example("", "").replace("\"joined\"", "\"hears conf-goodbye\""));

    CaseResult result = CaseRunner.run(file);

    assertThat(result.differences())
        .containsExactly(
            "alice has not ended after one hour",
            """
            /calls/alice/does/0: alice waited in vain for "hears conf-goodbye"; what happened instead:
            alice
              0s hears conf-welcome
              was in Weekly\
            """);
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("hears conf-goodbye");
  }

  @Test
  void aStepThatWaitsForWhatNeverComesFailsACaseThatExpectsNothingElse() throws Exception {
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
                    /calls/alice/does/1: alice waited in vain for "hears byee"; what happened instead:
                    alice
                      0s hears media:bye
                      3s the call ended: NORMAL_CLEARING, by engine\
            """);
    assertThat(CaseRunner.run(CaseFile.parse("a", two.formatted("joined", ""))).passed()).isFalse();
    assertThat(
            CaseRunner.run(CaseFile.parse("a", two.formatted("joined", "\"joins\": false")))
                .passed())
        .as("the case says so itself")
        .isTrue();
  }

  @Test
  void aCaseEndsTheSameWayEachTime() throws Exception {
    List<String> never = run("", ", \"never\": [{\"conference_id\": \"Weekly\"}]").differences();

    assertThat(run("", ", \"never\": [{\"conference_id\": \"Weekly\"}]").differences())
        .isNotEmpty()
        .isEqualTo(never);
  }

  /** Alice hears the welcome until 2 s, is in the room, and hangs up 5 s later. */
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
