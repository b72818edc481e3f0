package dev.callflow.esl;

import dev.callflow.esl.message.EslEvent;

/**
 * Receives a call's events in order, on the event loop of the call's connection. Methods must not
 * block, since other calls share the event loop.
 */
public interface EslCallListener {

  /** Ignores everything. */
  EslCallListener NONE =
      new EslCallListener() {
        @Override
        public void event(EslEvent event) {}

        @Override
        public void ended(EslCallEnd end) {}
      };

  /**
   * Called for each event of the call.
   *
   * @param event the event
   */
  void event(EslEvent event);

  /**
   * Called when the call or its connection has ended. This method is called exactly once and after
   * all events, even if FreeSWITCH does not send the final events of the call.
   *
   * @param end the hangup cause and how the call ended
   */
  void ended(EslCallEnd end);
}
