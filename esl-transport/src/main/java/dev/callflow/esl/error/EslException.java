package dev.callflow.esl.error;

import java.io.Serial;

/**
 * Thrown when a connection fails. An {@code -ERR} reply is a normal value and does not cause an
 * exception.
 */
public abstract sealed class EslException extends RuntimeException
    permits EslConnectException,
        EslAuthenticationException,
        EslProtocolException,
        EslTimeoutException,
        EslClosedException,
        EslOverflowException {

  @Serial private static final long serialVersionUID = 1;

  EslException(String message) {
    super(message);
  }

  EslException(String message, Throwable cause) {
    super(message, cause);
  }
}
