package dev.callflow.testkit.junit;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.testkit.replay.CaseBuilder;
import dev.callflow.testkit.replay.result.CaseResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The extension, the builder and the assertions, as users write them. */
@ExtendWith(CallflowExtension.class)
class CallflowExtensionTests {

  private static CaseBuilder weekly(String to) {
    return CaseBuilder.that("A caller joins the weekly conference")
        .account(
            "acme",
            account ->
                account
                    .callflow(
                        """
                        {"numbers": ["2000"],
                         "flow": {"module": "conference", "data": {"id": "w1"}}}
                        """)
                    .conference(
                        """
                        {"id": "w1", "name": "Weekly", "member": {"pins": ["1234"]}}
                        """))
        .media("conf-enter_conf_pin", Duration.ofSeconds(4))
        .call(
            "alice",
            "acme",
            to,
            alice ->
                alice
                    .from("1001", "Alice")
                    .when("hears conf-enter_conf_pin")
                    .presses("1234#")
                    .when("joined")
                    .after(Duration.ofSeconds(5))
                    .hangsUp());
  }

  @CallflowCase("full-branch.case.json")
  void theThirdCallerTakesTheFullBranch() {}

  @CallflowCase("pin-wrong-then-right.case.json")
  void aMethodCanAssertOnTheResultOfTheCase(CaseResult result) {
    assertThat(result).passed().call("alice").hasOutcome("left");
  }

  @Test
  void aCaseCanBeWrittenInJava() throws Exception {
    assertThat(weekly("2000").run())
        .passed()
        .call("alice")
        .heard("conf-welcome", "conf-enter_conf_pin")
        .joined("w1")
        .hasOutcome("left")
        .endedBy("caller", "NORMAL_CLEARING");
  }

  @Test
  void expectedAndActualMediaAreShownSideBySide() throws Exception {
    CaseResult result = weekly("2000").run();

    assertThatThrownBy(() -> assertThat(result).call("alice").heard("conf-welcome", "conf-bad_pin"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            alice did not hear the expected media:
              #  expected      was
              1  conf-welcome  conf-welcome at 0s
              2  conf-bad_pin  conf-enter_conf_pin at 2s   <-\
            """);
  }

  @Test
  void aMistakeInABuiltCaseIsReportedWithItsPointer() {
    assertThatThrownBy(() -> weekly("2000").with("fauls", "{}").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/fauls");
    assertThatThrownBy(() -> weekly("2000").call("alice", "acme", "2000", it -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/calls/alice");
  }

  @Test
  void eachCaseInAFolderBecomesATest(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("deeper"));
    Files.writeString(folder.resolve("b.case.json"), weekly("2000").json());
    Files.writeString(folder.resolve("deeper/a.case.json"), "{\"cas\": \"x\"}");
    Files.writeString(folder.resolve("notes.json"), "{}");

    List<DynamicTest> tests = CallflowCases.in(folder.toString()).toList();

    assertThat(tests)
        .extracting(DynamicTest::getDisplayName)
        .containsExactly("b.case.json", "deeper/a.case.json");
    assertThatCode(tests.getFirst().getExecutable()::execute).doesNotThrowAnyException();
    assertThatThrownBy(tests.getLast().getExecutable()::execute).hasMessageContaining("/cas: ");
  }

  @Test
  void aFolderWithoutCasesIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> CallflowCases.in(folder.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found no *.case.json files in ");
  }

  @Test
  void aTestReceivesItsOwnFreeSwitch(
      @FreeSwitchSettings(mediaScale = 0.01) SimulatedFreeSwitch freeSwitch) {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "conference:room");

    assertThat(alice).joins();
    assertThat(freeSwitch.rooms().getFirst()).hasMembers(1).isUnlocked();
    alice.hangUp();
    assertThat(alice).endsWith("NORMAL_CLEARING");
  }
}
