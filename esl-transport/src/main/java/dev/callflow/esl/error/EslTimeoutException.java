package dev.callflow.esl.error;

import java.io.Serial;

/** Thrown when no answer arrives in time; FreeSWITCH may or may not have executed the command. */
public final class EslTimeoutException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   */
  public EslTimeoutException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   * @param cause the underlying exception
   */
  public EslTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
