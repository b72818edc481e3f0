package dev.callflow.testkit.junit;

import dev.callflow.simulator.wire.SimulatedCaller;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a caller of a simulated FreeSWITCH. Each waits up to one minute of real time for
 * its condition to become true, so that it also holds on a slow machine.
 */
// AssertJ is an optional dependency: only users of the assertions need it.
@SuppressWarnings("exports")
public final class CallerAssert extends AbstractAssert<CallerAssert, SimulatedCaller> {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  CallerAssert(SimulatedCaller actual) {
    super(actual, CallerAssert.class);
  }

  /**
   * Asserts that a file is being played or has been played to the caller.
   *
   * @param file a part of the file name
   * @return this assertion
   */
  public CallerAssert hears(String file) {
    return that("to hear " + file, actual.awaitHeard(file, 1, TIMEOUT));
  }

  /**
   * Asserts that the caller enters a room or has already entered one.
   *
   * @return this assertion
   */
  public CallerAssert joins() {
    return that("to be in a room", actual.awaitJoined(TIMEOUT));
  }

  /**
   * Asserts that the call ends with the given hangup cause.
   *
   * @param cause the name of the hangup cause
   * @return this assertion
   */
  public CallerAssert endsWith(String cause) {
    boolean ends = actual.awaitEnded(TIMEOUT);
    return that("to end with " + cause, ends && actual.cause().orElse("").equals(cause));
  }

  private CallerAssert that(String what, boolean holds) {
    isNotNull();
    if (!holds) {
      failWithMessage(
          "expected %s %s, but they have heard %s, and the call %s",
          actual.name(),
          what,
          actual.heard(),
          actual.cause().map(it -> "ended with " + it).orElse("has not ended"));
    }
    return this;
  }
}
