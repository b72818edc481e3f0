package dev.callflow.esl;

import dev.callflow.esl.message.EslEvent;

/** Is told what happens to a call: in order, on one virtual thread of the call's connection. */
public interface EslCallListener {

  /**
   * An event of the call has come.
   *
   * @param event the event
   */
  void event(EslEvent event);

  /**
   * The call has ended, or its connection has. Told exactly once, after all events, also if
   * FreeSWITCH's own last events do not come.
   *
   * @param end how
   */
  void ended(EslCallEnd end);
}
