package dev.callflow.core.document;

import java.io.Serial;

/** Thrown when a document store cannot answer; says nothing about whether a document exists. */
public final class StoreUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what was asked for, without secrets
   */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /**
   * Makes the exception with what caused it.
   *
   * @param message what was asked for, without secrets
   * @param cause why the store could not answer
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
