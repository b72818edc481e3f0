package dev.callflow.core.call;

import java.io.Serial;

/**
 * Thrown by the blocking operations of a call when the call ends.
 *
 * <p>Modules must not catch it; they clean up in {@code finally} blocks.
 */
public final class CallEndedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /** The party that ended the call. */
  private final EndedBy by;

  /** Why the call ended; not serialised. */
  private final transient HangupCause cause;

  /**
   * Creates the exception.
   *
   * @param by the party that ended the call
   * @param cause why the call ended
   */
  public CallEndedException(EndedBy by, HangupCause cause) {
    super("the call ended: " + cause + ", by " + by, null, false, false);
    this.by = by;
    this.cause = cause;
  }

  /**
   * Returns the party that ended the call.
   *
   * @return the party
   */
  public EndedBy by() {
    return by;
  }

  /**
   * Returns why the call ended.
   *
   * @return the cause
   */
  public HangupCause hangupCause() {
    return cause;
  }

  /**
   * Returns whether the connection to the call was lost. The call itself may still exist, and may
   * be delivered again with the same id.
   *
   * @return whether the connection was lost
   */
  public boolean isConnectionLost() {
    return by == EndedBy.SWITCH && HangupCause.DESTINATION_OUT_OF_ORDER.equals(cause);
  }
}
