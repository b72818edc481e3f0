package dev.callflow.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callflow.core.document.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseFileTests {

  @Test
  void aCaseNeedsOnlyAName() throws CaseFormatException {
    assertThat(CaseFile.parse("a.case.json", "{\"case\":\"Nothing happens\"}").name())
        .isEqualTo("Nothing happens");
  }

  @Test
  void everyKeyOfTheFormatIsRead() {
    assertThatCode(() ->
            CaseFile.parse(
                "a.case.json",
                """
                {"case": "All",
                 "accounts": {"acme": {"realm": "acme.example.com",
                   "config": {"conferences": {"pin_timeout": 3000}},
                   "preflow": {"always": "before"},
                   "callflows": [], "conferences": [], "devices": [], "users": [],
                   "media": ["not a document"]}},
                 "system": {"ecallmgr": {"publish_participant_event": ["add-member"]}},
                 "media": {"conf-welcome": "3s", "media:x": "250ms"},
                 "faults": {"store": "down", "switch": "refuses-join",
                   "missing-media": ["conf-welcome"]},
                 "calls": {"alice": {"at": "0s", "account": "acme", "to": "5000",
                   "from": "1001", "name": "Alice", "vars": {"a": "b"},
                   "does": [
                     {"when": "start", "speaks": "2s"},
                     {"when": "then", "after": "2m", "presses": "1234#"},
                     {"when": "hears conf-welcome", "presses": "*"},
                     {"when": "answered", "presses": "A"},
                     {"when": "joined", "presses": "1"},
                     {"when": "left", "hangs up": true}]}},
                 "callees": {"sip:bob@example.com": {"answers": "3s", "does": []},
                   "1002": {"busy": true}, "1003": {"no answer": true}},
                 "control": [
                   {"at": "1s", "account": "acme", "conference": "c", "action": "lock"},
                   {"at": "1s", "account": "acme", "conference": "c", "action": "mute",
                    "participant": "alice", "data": {}, "reply": "ok", "returns": {}},
                   {"at": "1s", "account": "acme", "conference": "c", "action": "mute",
                    "participants": true, "reply": "bad_identifier"}],
                 "expect": {
                   "calls": {"alice": {"hears": [], "outcome": "left", "branch": ["play"],
                     "joins": {"conference": "c", "moderator": true, "muted": true,
                       "deaf": true, "ghost": true, "video_muted": true,
                       "enter_sound": "a", "exit_sound": false, "at": "1s"},
                     "ends": {"by": "caller", "cause": "NORMAL_CLEARING", "at": "3s"},
                     "answered": true},
                     "1002": {"joins": false}, "300/in": {"hears": []}},
                   "events": [{"event": "add-member", "call": "alice"}],
                   "never": [{"event": "dial"}],
                   "at": {"12s": {"acme/c": {"members": 1, "moderators": 0, "waiting": 2,
                     "is_locked": true, "running": true, "participants": [
                       {"call": "alice", "muted": true, "deaf": false, "moderator": false,
                        "ghost": false, "video_muted": false}]}}},
                   "room_hears": {"acme/c": ["tone_stream://x"]},
                   "recordings": {"acme/c": 1},
                   "logs_never": ["1234"]}}
                """))
        .doesNotThrowAnyException();
  }

  @Test
  void anUnknownKeyIsReportedWithItsPointer() {
    assertThat(problems("{\"case\":\"a\",\"cals\":{}}"))
        .singleElement()
        .asString()
        .startsWith("/cals: is not a known key");
  }

  @Test
  void everyProblemIsReported() {
    assertThat(problems("{\"case\":1,\"calls\":{\"a\":{\"at\":\"0s\"}},\"system\":[]}"))
        .extracting(problem -> problem.pointer().toString())
        .contains("/case", "/calls/a/account", "/calls/a/to", "/system");
  }

  @Test
  void twoCallsWithOneNameAreAProblem() {
    assertThat(
            problems(
                """
                {"case": "a", "calls": {"alice": {"at": "0s"},
                  "alice": {"at": "1s"}}}
                """))
        .singleElement()
        .asString()
        .startsWith("/calls/alice: ")
        .contains("line 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "",
        "{\"case\":\"a\"} {}",
        "{\"case\":\"a\"",
        "{\"accounts\":{}}",
        "{\"case\":\"a\",\"accounts\":[]}",
        "{\"case\":\"a\",\"accounts\":{\"x\":{\"relm\":\"x\"}}}",
        "{\"case\":\"a\",\"media\":{\"x\":\"3 seconds\"}}",
        "{\"case\":\"a\",\"media\":{\"x\":3}}",
        "{\"case\":\"a\",\"faults\":{\"store\":\"up\"}}",
        "{\"case\":\"a\",\"control\":[{\"at\":\"0s\",\"account\":\"x\",\"conference\":\"y\"}]}",
        "{\"case\":\"a\",\"control\":{}}",
        "{\"case\":\"a\",\"callees\":{\"1\":{}}}",
        "{\"case\":\"a\",\"callees\":{\"1\":{\"busy\":true,\"answers\":\"1s\"}}}",
        "{\"case\":\"a\",\"expect\":{\"calls\":{\"nobody\":{}}}}",
        "{\"case\":\"a\",\"expect\":{\"at\":{\"soon\":{}}}}",
        "{\"case\":\"a\",\"expect\":{\"at\":{\"1s\":{\"c\":{}}}}}",
        "{\"case\":\"a\",\"expect\":{\"at\":{\"1s\":{\"x/c\":{\"member\":1}}}}}",
        "{\"case\":\"a\",\"expect\":{\"at\":{\"1s\":{\"x/c\":{\"members\":\"1\"}}}}}",
        "{\"case\":\"a\",\"expect\":{\"events\":[1]}}",
        "{\"case\":\"a\",\"expect\":{\"events\":[{\"call\":\"nobody\"}]}}",
        "{\"case\":\"a\",\"expect\":{\"recordings\":{\"x/c\":\"1\"}}}"
      })
  void anInvalidCaseIsRefused(String json) {
    assertThat(problems(json)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"when\":\"hears\",\"presses\":\"1\"}",
        "{\"when\":\"hears \",\"presses\":\"1\"}",
        "{\"when\":\"joins\",\"presses\":\"1\"}",
        "{\"presses\":\"1\"}",
        "{\"when\":\"joined\"}",
        "{\"when\":\"joined\",\"presses\":\"1\",\"hangs up\":true}",
        "{\"when\":\"joined\",\"presses\":\"\"}",
        "{\"when\":\"joined\",\"presses\":\"12x\"}",
        "{\"when\":\"joined\",\"hangs up\":false}",
        "{\"when\":\"joined\",\"speaks\":\"-1s\"}",
        "{\"when\":\"joined\",\"after\":\"1.5s\",\"presses\":\"1\"}",
        "{\"when\":\"joined\",\"press\":\"1\"}"
      })
  void anInvalidStepIsRefused(String step) {
    assertThat(problems(call(step, "{}"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hear\":[]}",
        "{\"hears\":\"conf-welcome\"}",
        "{\"hears\":[1]}",
        "{\"joins\":true}",
        "{\"joins\":{\"room\":\"c\"}}",
        "{\"joins\":{\"muted\":\"true\"}}",
        "{\"joins\":{\"enter_sound\":true}}",
        "{\"joins\":{\"at\":\"10\"}}",
        "{\"outcome\":\"gone\"}",
        "{\"ends\":{\"by\":\"nobody\"}}",
        "{\"ends\":{\"at\":5}}",
        "{\"answered\":1}"
      })
  void anInvalidExpectationIsRefused(String expected) {
    assertThat(problems(call("", expected))).isNotEmpty();
  }

  @Test
  void aCallNeedsNoStepsAndNoExpectations() {
    assertThatCode(() -> CaseFile.parse("a.case.json", call("", "{}"))).doesNotThrowAnyException();
  }

  private static String call(String steps, String expected) {
    return """
    {"case": "a", "accounts": {"acme": {}},
     "calls": {"alice": {"at": "0s", "account": "acme", "to": "1",
          "does": [%s]}},
     "expect": {"calls": {"alice": %s}}}
    """
        .formatted(steps, expected);
  }

  private static List<Problem> problems(String json) {
    CaseFormatException thrown =
        catchThrowableOfType(CaseFormatException.class, () -> CaseFile.parse("a.case.json", json));
    assertThat(thrown).as("the exception that lists the problems").isNotNull();
    return thrown.problems();
  }
}
