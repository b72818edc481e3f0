package dev.callflow.esl.error;

import java.io.Serial;

/** Thrown when connecting or listening fails, or when the handshake times out. */
public final class EslConnectException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   */
  public EslConnectException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   * @param cause the underlying exception
   */
  public EslConnectException(String message, Throwable cause) {
    super(message, cause);
  }
}
