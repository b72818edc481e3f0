package dev.callflow.testkit.junit;

import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.testkit.replay.result.CallOutcome;
import dev.callflow.testkit.replay.result.CaseResult;

/**
 * Entry points for assertions on cases, calls and rooms. Import them statically, alongside
 * AssertJ's own.
 */
public final class CallflowAssertions {

  private CallflowAssertions() {}

  /**
   * Begins an assertion on a case.
   *
   * @param actual the result of the case
   * @return the assertion
   */
  public static CaseAssert assertThat(CaseResult actual) {
    return new CaseAssert(actual);
  }

  /**
   * Begins an assertion on a call of a case.
   *
   * @param actual the outcome of the call
   * @return the assertion
   */
  public static CallAssert assertThat(CallOutcome actual) {
    return new CallAssert(actual);
  }

  /**
   * Begins an assertion on a caller of a simulated FreeSWITCH. Each check waits up to one minute of
   * real time for its condition to become true.
   *
   * @param actual the caller
   * @return the assertion
   */
  public static CallerAssert assertThat(SimulatedCaller actual) {
    return new CallerAssert(actual);
  }

  /**
   * Begins an assertion on a room of a simulated switch.
   *
   * @param actual the state of the room
   * @return the assertion
   */
  public static RoomAssert assertThat(SimRoomState actual) {
    return new RoomAssert(actual);
  }
}
