package dev.callflow.esl.error;

import java.io.Serial;

/** Thrown when the connection is closed; commands in flight fail with this exception, too. */
public final class EslClosedException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   */
  public EslClosedException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   * @param cause the underlying exception
   */
  public EslClosedException(String message, Throwable cause) {
    super(message, cause);
  }
}
