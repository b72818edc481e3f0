package dev.callflow.esl.error;

import java.io.Serial;

/** No answer came in time; whether the command was carried out is not known. */
public final class EslTimeoutException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   */
  public EslTimeoutException(String message) {
    super(message);
  }

  /**
   * Makes the exception with what caused it.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   * @param cause the cause
   */
  public EslTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
