package dev.callflow.esl.error;

import java.io.Serial;

/** The connection is closed; what was under way on it has failed. */
public final class EslClosedException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   */
  public EslClosedException(String message) {
    super(message);
  }

  /**
   * Makes the exception with what caused it.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   * @param cause the cause
   */
  public EslClosedException(String message, Throwable cause) {
    super(message, cause);
  }
}
