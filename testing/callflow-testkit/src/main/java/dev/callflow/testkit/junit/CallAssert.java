package dev.callflow.testkit.junit;

import dev.callflow.testkit.replay.result.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/** Assertions on the outcome of a call in a case. */
// AssertJ is an optional dependency: only users of the assertions need it.
@SuppressWarnings("exports")
public final class CallAssert extends AbstractAssert<CallAssert, CallOutcome> {

  CallAssert(CallOutcome actual) {
    super(actual, CallAssert.class);
  }

  /**
   * Asserts that exactly these media were played to the caller outside rooms, in this order.
   *
   * @param media the media, as the engine names them
   * @return this assertion
   */
  public CallAssert heard(String... media) {
    isNotNull();
    String difference = actual.differenceOfHeard(List.of(media));
    if (!difference.isEmpty()) {
      failWithMessage("%s did not hear the expected media:%n%s", actual.name(), difference);
    }
    return this;
  }

  /**
   * Asserts that the caller joined a conference.
   *
   * @param conference the conference's id, or its name if it has no id
   * @return this assertion
   */
  public CallAssert joined(String conference) {
    return has("the conference", conference, actual.joined().orElse("none"));
  }

  /**
   * Asserts that the caller joined no conference.
   *
   * @return this assertion
   */
  public CallAssert joinedNothing() {
    return has("the conference", "none", actual.joined().orElse("none"));
  }

  /**
   * Asserts that the caller was a moderator.
   *
   * @return this assertion
   */
  public CallAssert wasModerator() {
    return has("the moderator flag", true, actual.moderator());
  }

  /**
   * Asserts the outcome of the caller's first conference node.
   *
   * @param outcome the outcome as branches name it, such as {@code left} or {@code bad_pin}
   * @return this assertion
   */
  public CallAssert hasOutcome(String outcome) {
    return has("the outcome", outcome, actual.outcome().orElse("none"));
  }

  /**
   * Asserts which modules ran after the first conference node.
   *
   * @param modules the names of the modules, in order
   * @return this assertion
   */
  public CallAssert continuedWith(String... modules) {
    return has("the branch", List.of(modules), actual.branch());
  }

  /**
   * Asserts who ended the call, and with which cause.
   *
   * @param by {@code caller}, {@code callee}, {@code engine} or {@code switch}
   * @param cause the name of the hangup cause
   * @return this assertion
   */
  public CallAssert endedBy(String by, String cause) {
    return has(
        "the end",
        cause + " by " + by,
        actual.ending().map(it -> it.cause() + " by " + it.by()).orElse("none"));
  }

  /**
   * Asserts when the call ended, with a tolerance of 50 ms.
   *
   * @param at the time since the start of the case
   * @return this assertion
   */
  public CallAssert endedAt(Duration at) {
    isNotNull();
    boolean close =
        actual
            .ending()
            .filter(it -> it.at().minus(at).abs().compareTo(Duration.ofMillis(50)) <= 0)
            .isPresent();
    if (!close) {
      failWithMessage("expected the call to end at %s, but this happened:%n%s", at, actual);
    }
    return this;
  }

  private CallAssert has(String what, Object expected, Object was) {
    isNotNull();
    if (!Objects.equals(expected, was)) {
      failWithMessage("expected %s to be %s, but was %s:%n%s", what, expected, was, actual);
    }
    return this;
  }
}
