package dev.callflow.esl.error;

import java.io.Serial;

/** Something went wrong with a connection. An {@code -ERR} reply is no exception but a value. */
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
