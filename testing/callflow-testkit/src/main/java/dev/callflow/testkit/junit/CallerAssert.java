package dev.callflow.testkit.junit;

import dev.callflow.simulator.wire.SimulatedCaller;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** Asserts on a caller of a simulated FreeSWITCH; waits up to five seconds for what it asserts. */
// Users of AssertJ have it; all others need not.
@SuppressWarnings("exports")
public final class CallerAssert extends AbstractAssert<CallerAssert, SimulatedCaller> {

  private static final Duration LONGEST = Duration.ofSeconds(5);

  CallerAssert(SimulatedCaller actual) {
    super(actual, CallerAssert.class);
  }

  /**
   * Asserts that something is played to the caller, or was.
   *
   * @param file a part of the file's name
   * @return this assertion
   */
  public CallerAssert hears(String file) {
    return that("to hear " + file, actual.awaitHeard(file, 1, LONGEST));
  }

  /**
   * Asserts that the caller comes into a room, or was in one.
   *
   * @return this assertion
   */
  public CallerAssert joins() {
    return that("to be in a room", actual.awaitJoined(LONGEST));
  }

  /**
   * Asserts that the call ends.
   *
   * @param cause the cause's name
   * @return this assertion
   */
  public CallerAssert endsWith(String cause) {
    boolean ends = actual.awaitEnded(LONGEST);
    return that("to end with " + cause, ends && actual.cause().orElse("").equals(cause));
  }

  private CallerAssert that(String what, boolean holds) {
    isNotNull();
    if (!holds) {
      failWithMessage(
          "expected %s %s, but what was heard is %s, and the call %s",
          actual.name(),
          what,
          actual.heard(),
          actual.cause().map(it -> "ended with " + it).orElse("has not ended"));
    }
    return this;
  }
}
