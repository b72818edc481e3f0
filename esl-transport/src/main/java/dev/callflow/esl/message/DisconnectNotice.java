package dev.callflow.esl.message;

/**
 * The server is about to close the connection, or a lingering call has ended.
 *
 * @param headers its headers
 * @param text its text, which tells no reason; empty if the connection lingers
 */
public record DisconnectNotice(EslHeaders headers, String text) implements EslNotification {

  /**
   * Tells whether the connection stays open for a while (docs/spec/event-socket.md#linger).
   *
   * @return true if only the call has ended
   */
  public boolean lingers() {
    return headers.first("Content-Disposition").filter("linger"::equals).isPresent();
  }
}
