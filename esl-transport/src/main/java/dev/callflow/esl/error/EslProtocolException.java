package dev.callflow.esl.error;

import java.io.Serial;

/** The server sent what is no frame, or more than the limits allow; the connection is closed. */
public final class EslProtocolException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   */
  public EslProtocolException(String message) {
    super(message);
  }

  /**
   * Makes the exception with what caused it.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   * @param cause the cause
   */
  public EslProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
