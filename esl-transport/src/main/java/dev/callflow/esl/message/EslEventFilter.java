package dev.callflow.esl.message;

/**
 * Selects events before anything of them is copied.
 *
 * <p>Cheaper than taking all and dropping most. Unlike FreeSWITCH's own {@code filter}, it never
 * hides what the client itself needs.
 */
@FunctionalInterface
public interface EslEventFilter {

  /** Wants every event. */
  EslEventFilter ALL = event -> true;

  /**
   * Decides whether an event is wanted; runs on the connection's event loop and must not block.
   *
   * @param event the event, lent for this call only
   * @return true if the listener shall have it
   */
  boolean wants(EslEventView event);
}
