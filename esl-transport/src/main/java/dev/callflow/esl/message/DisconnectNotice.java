package dev.callflow.esl.message;

/**
 * Announces that the server is about to close the connection, or that the call of a lingering
 * connection has ended.
 *
 * @param headers the headers of the notice
 * @param text the text of the notice, which contains no reason; empty if the connection lingers
 */
public record DisconnectNotice(EslHeaders headers, String text) implements EslNotification {

  /**
   * Returns whether the connection stays open for a while (docs/spec/event-socket.md#linger).
   *
   * @return true if only the call has ended
   */
  public boolean lingers() {
    return headers.first("Content-Disposition").filter("linger"::equals).isPresent();
  }
}
