package dev.callflow.esl.error;

import java.io.Serial;

/**
 * Thrown when the peer sends an invalid frame, a frame over the size limits, or an unexpected
 * answer. The connection is then closed, unless the answer was valid and only its kind was
 * unexpected; in that case, the connection may stay open.
 */
public final class EslProtocolException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   */
  public EslProtocolException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   * @param cause the underlying exception
   */
  public EslProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
