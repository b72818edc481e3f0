package dev.callflow.core;

import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;

/**
 * Takes calls: finds each one's callflow and walks it on a virtual thread of the call's own.
 *
 * <p>Safe for use by any thread.
 */
public interface CallflowEngine {

  /**
   * Takes a call; returns at once.
   *
   * @param leg the call's leg, unanswered
   * @param incoming what is known of the call
   */
  void take(Leg leg, IncomingCall incoming);
}
