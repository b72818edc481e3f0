package dev.callflow.esl.error;

import java.io.Serial;

/** Thrown when FreeSWITCH refuses the password, the user, our address or a subscription. */
public final class EslAuthenticationException extends EslException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   */
  public EslAuthenticationException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message the message, which names the peer and says what failed and why; must not contain
   *     secrets
   * @param cause the underlying exception
   */
  public EslAuthenticationException(String message, Throwable cause) {
    super(message, cause);
  }
}
