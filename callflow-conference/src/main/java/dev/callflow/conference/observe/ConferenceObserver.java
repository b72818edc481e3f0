package dev.callflow.conference.observe;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import java.util.function.Consumer;

/**
 * Observes the visits of callers and the actions of operators. The methods run on the thread of the
 * call or of the operator and must not block.
 */
@FunctionalInterface
public interface ConferenceObserver {

  /**
   * Called once for each caller when their conference element ends.
   *
   * @param call the call
   * @param outcome how the element ended
   */
  void ended(CallId call, ConferenceOutcome outcome);

  /**
   * Called when a caller's role is known; if a PIN was required, the caller has entered it
   * correctly. The caller may still be refused, for instance because the conference is full.
   *
   * @param call the call
   * @param room the conference
   * @param moderator whether the caller is a moderator
   */
  default void roleDecided(CallId call, RoomId room, boolean moderator) {}

  /**
   * Called before an operator's action is performed. Not called when an action is repeated with the
   * same idempotency key.
   *
   * @param room the conference
   * @param action the action
   * @return a listener for the result of the action
   */
  default Consumer<ActionResult> actionRequested(RoomId room, ConferenceAction action) {
    return result -> {};
  }
}
