package dev.callflow.esl.error;

import java.io.Serial;

/**
 * Thrown when the peer sends an invalid frame, a frame over the size limits, or an unexpected
 * answer; the connection closes unless only the kind of answer was unexpected.
 */
public final class EslProtocolException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the failed operation, the peer and the result; must not contain secrets
   */
  public EslProtocolException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message the failed operation, the peer and the result; must not contain secrets
   * @param cause the underlying exception
   */
  public EslProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
