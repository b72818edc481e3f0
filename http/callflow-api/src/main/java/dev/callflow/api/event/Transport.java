package dev.callflow.api.event;

import java.util.List;

/** Sends messages to one client over its connection. */
public interface Transport {

  /**
   * Sends messages in order. Must not block. Called by one thread at a time, and not again before
   * {@code sent} has run.
   *
   * @param messages the messages in UTF-8; shared with other clients, so they must not be modified
   * @param sent the action to run once the connection has accepted all messages and is ready for
   *     more; it may run on any thread, even before this method returns, and never runs if the
   *     connection breaks
   */
  void send(List<byte[]> messages, Runnable sent);

  /** Closes the connection at once, without waiting for the client to read. Must not block. */
  void abort();

  /**
   * Closes the connection and sends the client the reason, if the protocol has a place for it. Must
   * not block, and must release the connection soon even if the client reads nothing.
   *
   * @param reason the reason
   */
  default void close(CloseReason reason) {
    abort();
  }
}
