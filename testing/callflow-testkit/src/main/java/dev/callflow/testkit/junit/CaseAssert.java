package dev.callflow.testkit.junit;

import dev.callflow.testkit.replay.result.CallOutcome;
import dev.callflow.testkit.replay.result.CaseResult;
import org.assertj.core.api.AbstractAssert;

/** Asserts on what became of a case. */
// Users of AssertJ have it; all others need not.
@SuppressWarnings("exports")
public final class CaseAssert extends AbstractAssert<CaseAssert, CaseResult> {

  CaseAssert(CaseResult actual) {
    super(actual, CaseAssert.class);
  }

  /**
   * Asserts that everything was as the case expects.
   *
   * @return this assertion
   */
  public CaseAssert passed() {
    isNotNull();
    if (!actual.passed()) {
      failWithMessage("%s", actual.report());
    }
    return this;
  }

  /**
   * Goes on with one of its calls.
   *
   * @param name the call's name
   * @return an assertion on the call
   */
  public CallAssert call(String name) {
    isNotNull();
    CallOutcome call = actual.calls().get(name);
    if (call == null) {
      throw failure("there was no call \"%s\", only %s", name, actual.calls().keySet());
    }
    return new CallAssert(call);
  }
}
