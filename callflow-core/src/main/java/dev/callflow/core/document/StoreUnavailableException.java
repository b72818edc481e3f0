package dev.callflow.core.document;

import java.io.Serial;

/** Thrown when a document store cannot answer, whether or not the requested document exists. */
public final class StoreUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message a description of the failed request, without secrets
   */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message a description of the failed request, without secrets
   * @param cause why the store cannot answer
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
