package dev.callflow.esl.error;

import java.io.Serial;

/** The server refused the password, the user, or our address. */
public final class EslAuthenticationException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   */
  public EslAuthenticationException(String message) {
    super(message);
  }

  /**
   * Makes the exception with what caused it.
   *
   * @param message what was tried, with whom, and what came back; no secrets
   * @param cause the cause
   */
  public EslAuthenticationException(String message, Throwable cause) {
    super(message, cause);
  }
}
