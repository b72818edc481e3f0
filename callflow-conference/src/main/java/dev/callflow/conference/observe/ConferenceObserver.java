package dev.callflow.conference.observe;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import java.util.function.Consumer;

/**
 * Is told how each caller's visit goes, and what operators ask for. Runs on the call's, or the
 * operator's, own thread and must not block.
 */
@FunctionalInterface
public interface ConferenceObserver {

  /**
   * A conference element has ended for a caller; called once for each.
   *
   * @param call the call
   * @param outcome how
   */
  void ended(CallId call, ConferenceOutcome outcome);

  /**
   * It is decided what a caller is; if he was asked for a PIN, his was right. He may still be
   * refused at the door.
   *
   * @param call the call
   * @param room the conference
   * @param moderator whether he is a moderator of it
   */
  default void recognised(CallId call, RoomId room, boolean moderator) {}

  /**
   * An operator asks for something, and it is about to be done. A repetition with the same
   * idempotency key is not reported.
   *
   * @param room the conference
   * @param action what
   * @return who is told what has become of it
   */
  default Consumer<ActionResult> asked(RoomId room, ConferenceAction action) {
    return result -> {};
  }
}
