package dev.callflow.esl.error;

import java.io.Serial;

/** More came in, or was asked for, than may wait. */
public final class EslOverflowException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   */
  public EslOverflowException(String message) {
    super(message);
  }

  /**
   * Makes the exception with what caused it.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   * @param cause the cause
   */
  public EslOverflowException(String message, Throwable cause) {
    super(message, cause);
  }
}
