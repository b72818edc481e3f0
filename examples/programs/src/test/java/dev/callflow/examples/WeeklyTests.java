package dev.callflow.examples;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.callflow.testkit.junit.CallflowCase;
import dev.callflow.testkit.junit.CallflowCases;
import dev.callflow.testkit.replay.CaseBuilder;
import dev.callflow.testkit.replay.result.CaseResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Contains the examples from docs/testing.md that test callflows. */
class WeeklyTests {

  @CallflowCase("three-wrong-pins.case.json")
  void threeWrongPinsAndOut() {}

  @TestFactory
  Stream<DynamicTest> ourCallflows() {
    return CallflowCases.in("src/test/resources/cases");
  }

  @Test
  void aCallerJoinsTheWeeklyConference() throws Exception {
    String flow =
        """
        {"numbers": ["2000"], "flow": {"module": "conference", "data": {"id": "w1"}}}
        """;
    String weekly =
        """
        {"id": "w1", "name": "Weekly", "member": {"pins": ["1234"]}}
        """;

    CaseResult result =
        CaseBuilder.that("A caller joins the weekly conference")
            .account("acme", it -> it.callflow(flow).conference(weekly))
            .call(
                "alice",
                "acme",
                "2000",
                alice ->
                    alice
                        .when("hears conf-enter_conf_pin")
                        .presses("1234#")
                        .when("joined")
                        .after(ofSeconds(5))
                        .hangsUp())
            .run();

    assertThat(result)
        .passed()
        .call("alice")
        .heard("conf-welcome", "conf-enter_conf_pin")
        .joined("w1")
        .hasOutcome("left")
        .endedBy("caller", "NORMAL_CLEARING");
  }
}
