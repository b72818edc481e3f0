package dev.callflow.core.document;

import java.io.Serial;

/**
 * Thrown when a document store cannot answer, whether or not the requested document exists, or when
 * it has no room for a change.
 */
public final class StoreUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 2;

  private final boolean full;

  /**
   * Creates the exception.
   *
   * @param message a description of the failed request, without secrets
   */
  public StoreUnavailableException(String message) {
    super(message);
    full = false;
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message a description of the failed request, without secrets
   * @param cause why the store cannot answer
   */
  public StoreUnavailableException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private StoreUnavailableException(String message, Throwable cause, boolean full) {
    super(message, cause);
    this.full = full;
  }

  /**
   * Creates the exception for a change that was refused because the disk of the store is full.
   *
   * @param message a description of the refused change, without secrets
   * @param cause the failed operation
   * @return the exception
   */
  public static StoreUnavailableException full(String message, Throwable cause) {
    return new StoreUnavailableException(message, cause, true);
  }

  /**
   * Returns whether a change was refused because the disk of the store is full. Documents can still
   * be read, and changes succeed again as soon as there is room.
   *
   * @return whether the disk is full; false if the store is unavailable for another reason
   */
  public boolean isFull() {
    return full;
  }
}
