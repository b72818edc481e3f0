package dev.callflow.esl;

import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.LogData;

/**
 * Receives the events of an {@link EslClient}'s connection in order, on one virtual thread of the
 * client. Methods may block; further events wait until they return.
 */
public interface EslClientListener {

  /**
   * Called when the client is connected, logged in and subscribed.
   *
   * @param peer the server
   */
  default void connected(EslPeer peer) {}

  /**
   * Called when the connection is lost. Events that occur before it is restored are never
   * delivered.
   *
   * @param cause the reason for the loss
   */
  default void lost(EslException cause) {}

  /**
   * Called when the client has reconnected and the server has restarted in the meantime, just
   * before {@link #connected}.
   *
   * @param peer the server
   */
  default void restarted(EslPeer peer) {}

  /**
   * Called for each event.
   *
   * @param event the event
   */
  default void event(EslEvent event) {}

  /**
   * Called for each line of FreeSWITCH's log, if the client subscribes to the log with {@link
   * EslClientOptions.Builder#log}.
   *
   * @param line the log line
   */
  default void log(LogData line) {}
}
