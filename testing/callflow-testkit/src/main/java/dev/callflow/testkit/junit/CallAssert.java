package dev.callflow.testkit.junit;

import dev.callflow.testkit.replay.result.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/** Asserts on what became of a call of a case. */
// Users of AssertJ have it; all others need not.
@SuppressWarnings("exports")
public final class CallAssert extends AbstractAssert<CallAssert, CallOutcome> {

  CallAssert(CallOutcome actual) {
    super(actual, CallAssert.class);
  }

  /**
   * Asserts what was played to the caller outside of rooms, all of it, in order.
   *
   * @param media as the engine has asked for them
   * @return this assertion
   */
  public CallAssert heard(String... media) {
    isNotNull();
    String difference = actual.differenceOfHeard(List.of(media));
    if (!difference.isEmpty()) {
      failWithMessage("%s heard something else:%n%s", actual.name(), difference);
    }
    return this;
  }

  /**
   * Asserts that the caller was in a conference.
   *
   * @param conference the conference's id, or name if it has none
   * @return this assertion
   */
  public CallAssert joined(String conference) {
    return has("the conference", conference, actual.joined().orElse("none"));
  }

  /**
   * Asserts that the caller was in no conference.
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
    return has("being a moderator", true, actual.moderator());
  }

  /**
   * Asserts how the caller's first visit to a conference ended.
   *
   * @param outcome in the words of the branches, such as {@code left} or {@code bad_pin}
   * @return this assertion
   */
  public CallAssert hasOutcome(String outcome) {
    return has("the outcome", outcome, actual.outcome().orElse("none"));
  }

  /**
   * Asserts which modules ran behind the first conference node.
   *
   * @param modules their names, in order
   * @return this assertion
   */
  public CallAssert wentOnWith(String... modules) {
    return has("the branch", List.of(modules), actual.branch());
  }

  /**
   * Asserts how the call ended.
   *
   * @param by {@code caller}, {@code callee}, {@code engine} or {@code switch}
   * @param cause the cause's name
   * @return this assertion
   */
  public CallAssert endedBy(String by, String cause) {
    return has(
        "the end",
        cause + " by " + by,
        actual.ending().map(it -> it.cause() + " by " + it.by()).orElse("none"));
  }

  /**
   * Asserts when the call ended, to a twentieth of a second.
   *
   * @param at from the start of the case
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
      failWithMessage("expected the call to end at %s, but:%n%s", at, actual);
    }
    return this;
  }

  private CallAssert has(String what, Object expected, Object was) {
    isNotNull();
    if (!Objects.equals(expected, was)) {
      failWithMessage("expected %s to be %s, was %s:%n%s", what, expected, was, actual);
    }
    return this;
  }
}
