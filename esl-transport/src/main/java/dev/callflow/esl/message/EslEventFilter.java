package dev.callflow.esl.message;

/**
 * Selects events before any of their data is copied.
 *
 * <p>This is cheaper than copying all events and discarding most of them. Unlike FreeSWITCH's own
 * {@code filter}, it never hides events that the client itself needs.
 */
@FunctionalInterface
public interface EslEventFilter {

  /** Accepts every event. */
  EslEventFilter ALL = event -> true;

  /**
   * Returns whether to deliver an event; runs on the connection's event loop and must not block.
   *
   * @param event the event, valid only during this method call
   * @return true if the listener should receive the event
   */
  boolean wants(EslEventView event);
}
