package dev.callflow.esl.error;

import java.io.Serial;

/**
 * Thrown when a queue is full because too many events, commands or applications are waiting to be
 * processed.
 */
public final class EslOverflowException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   */
  public EslOverflowException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   * @param cause the underlying exception
   */
  public EslOverflowException(String message, Throwable cause) {
    super(message, cause);
  }
}
