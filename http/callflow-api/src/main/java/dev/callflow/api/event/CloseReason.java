package dev.callflow.api.event;

/**
 * The reason why a client's connection is refused or closed.
 *
 * @param kind the kind of reason
 * @param message the explanation for the client: at most 123 ASCII characters, because a WebSocket
 *     close frame holds no more; contains no secret
 */
public record CloseReason(Kind kind, String message) {

  /** The kinds of reasons. */
  public enum Kind {
    /** The server has as many clients as it accepts. */
    TOTAL_LIMIT(1013),
    /** The client's IP address has as many connections as one address may have. */
    ADDRESS_LIMIT(1013),
    /** The client's account has as many connections as one account may have. */
    ACCOUNT_LIMIT(1013),
    /** The client has not authenticated in time. */
    UNAUTHENTICATED(1008),
    /** The client's token is no longer valid. */
    REVOKED(1008);

    private final int closeCode;

    Kind(int closeCode) {
      this.closeCode = closeCode;
    }

    /**
     * Returns the status code of the WebSocket close frame (RFC 6455): 1008 if the client must
     * authenticate again, 1013 if it may try again later.
     *
     * @return the status code
     */
    public int closeCode() {
      return closeCode;
    }
  }
}
