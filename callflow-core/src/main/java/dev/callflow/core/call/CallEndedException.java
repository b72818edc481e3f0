package dev.callflow.core.call;

import java.io.Serial;

/**
 * Thrown by whatever operation waits when the call ends.
 *
 * <p>Modules clean up with try and finally, and let it pass.
 */
public final class CallEndedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /** Who ended the call. */
  private final EndedBy by;

  /** Why; not serialised. */
  private final transient HangupCause cause;

  /**
   * Makes the exception.
   *
   * @param by who ended the call
   * @param cause why
   */
  public CallEndedException(EndedBy by, HangupCause cause) {
    super("the call has ended: " + cause + ", by " + by, null, false, false);
    this.by = by;
    this.cause = cause;
  }

  /**
   * Returns who ended the call.
   *
   * @return who
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
}
