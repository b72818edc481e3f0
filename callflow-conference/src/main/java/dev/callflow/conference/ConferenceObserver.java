package dev.callflow.conference;

import dev.callflow.core.call.CallId;

/** Is told how each caller's visit ended. Runs on the call's own thread and must not block. */
@FunctionalInterface
public interface ConferenceObserver {

  /**
   * A conference element has ended for a caller; called once for each.
   *
   * @param call the call
   * @param outcome how
   */
  void ended(CallId call, ConferenceOutcome outcome);
}
