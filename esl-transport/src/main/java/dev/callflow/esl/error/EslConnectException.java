package dev.callflow.esl.error;

import java.io.Serial;

/** No connection could be made, or the server did not greet in time. */
public final class EslConnectException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   */
  public EslConnectException(String message) {
    super(message);
  }

  /**
   * Makes the exception with what caused it.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   * @param cause the cause
   */
  public EslConnectException(String message, Throwable cause) {
    super(message, cause);
  }
}
