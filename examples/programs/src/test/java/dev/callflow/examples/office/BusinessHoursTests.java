package dev.callflow.examples.office;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.testkit.junit.CallflowCase;
import dev.callflow.testkit.junit.CaseModule;
import dev.callflow.testkit.replay.CaseBuilder;
import dev.callflow.testkit.replay.CaseFile;
import dev.callflow.testkit.replay.CaseRunner;
import dev.callflow.testkit.replay.result.CaseResult;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class BusinessHoursTests {

  private static final LocalDate NEW_YEAR = LocalDate.parse("2026-01-01");

  @CaseModule private final BusinessHours businessHours = new BusinessHours(NEW_YEAR::equals);

  @CallflowCase("closed-on-a-holiday.case.json")
  void onAHolidayACallerCanReachTheEmergencyService() {}

  @Nested
  class WhenOpen {

    @CaseModule private final BusinessHours withoutHolidays = new BusinessHours(day -> false);

    @CallflowCase("closed-on-a-holiday.case.json")
    void aModuleOfANestedClassReplacesTheOneAroundIt(CaseResult result) {
      assertThat(result).call("alice").heard("media:welcome");
    }
  }

  @Test
  void callsContinueAtTheWildcardIfTheCalendarFails() throws Exception {
    Holidays broken =
        day -> {
          throw new IllegalStateException("the calendar does not answer");
        };

    assertThat(call(new BusinessHours(broken), "Asia/Tokyo")).call("alice").heard("media:goodbye");
  }

  @Test
  void callsContinueAtTheWildcardIfTheDataIsInvalid() throws Exception {
    assertThat(call(businessHours, "Asia/Tokio")).call("alice").heard("media:goodbye");
  }

  private static CaseResult call(BusinessHours module, String timezone) throws Exception {
    String flow =
        """
        {"numbers": ["2000"], "flow": {
          "module": "business_hours",
          "data": {"timezone": "%s", "announcement": "closed"},
          "children": {"_": {"module": "play", "data": {"id": "goodbye"}}}}}
        """
            .formatted(timezone);
    return CaseBuilder.that("A caller dials the office")
        .module(module)
        .account(
            "acme",
            it ->
                it.callflow(flow)
                    .document("media", "{\"id\": \"closed\"}")
                    .document("media", "{\"id\": \"goodbye\"}"))
        .call("alice", "acme", "2000", alice -> {})
        .run();
  }

  @Test
  void anOfficeCannotCloseBeforeItOpens() {
    ObjectNode data =
        Json.readObject(
            """
            {"timezone": "Asia/Tokyo", "opens": "18:00", "closes": "09:00",
             "announcement": "closed"}
            """);

    List<Problem> problems = businessHours.check(data);

    assertThat(problems).containsExactly(Problem.at("/closes", "must be later than opens"));
  }

  @Test
  void theCaseHasTheSameResultOverTheEventSocket() throws Exception {
    CaseFile file = CaseFile.read(OwnElementsPageTests.CASE);

    CaseRunner.runOnWire(file, List.of(businessHours)).orThrow();
  }
}
