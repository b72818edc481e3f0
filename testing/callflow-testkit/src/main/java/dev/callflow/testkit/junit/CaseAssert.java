package dev.callflow.testkit.junit;

import dev.callflow.testkit.replay.result.CallOutcome;
import dev.callflow.testkit.replay.result.CaseResult;
import org.assertj.core.api.AbstractAssert;

/** Assertions on the result of a case. */
// AssertJ is an optional dependency: only users of the assertions need it.
@SuppressWarnings("exports")
public final class CaseAssert extends AbstractAssert<CaseAssert, CaseResult> {

  CaseAssert(CaseResult actual) {
    super(actual, CaseAssert.class);
  }

  /**
   * Asserts that the case passed.
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
   * Begins an assertion on one of the calls of the case.
   *
   * @param name the name of the call
   * @return an assertion on the call
   */
  public CallAssert call(String name) {
    isNotNull();
    CallOutcome call = actual.calls().get(name);
    if (call == null) {
      throw failure("expected a call \"%s\", but the calls were %s", name, actual.calls().keySet());
    }
    return new CallAssert(call);
  }
}
