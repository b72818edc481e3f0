package dev.callflow.esl;

import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.LogData;

/**
 * Is told what happens on an {@link EslClient}'s connection: in order, on one virtual thread of the
 * client. May block, but then the events wait.
 */
public interface EslClientListener {

  /**
   * The connection is there, logged in and subscribed.
   *
   * @param peer the server
   */
  default void connected(EslPeer peer) {}

  /**
   * The connection is lost; what happens until it is back will never be told.
   *
   * @param why what went wrong
   */
  default void lost(EslException why) {}

  /**
   * The server's process is another one than before; told before {@link #connected}.
   *
   * @param peer the server
   */
  default void restarted(EslPeer peer) {}

  /**
   * An event has come.
   *
   * @param event the event
   */
  default void event(EslEvent event) {}

  /**
   * A line of FreeSWITCH's log has come; only after {@link EslClientOptions.Builder#log}.
   *
   * @param line the line
   */
  default void log(LogData line) {}
}
