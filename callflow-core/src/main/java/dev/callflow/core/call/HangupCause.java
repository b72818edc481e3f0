package dev.callflow.core.call;

import java.util.Locale;

/**
 * Why a call ended: a Q.850 cause by the name that FreeSWITCH gives it.
 *
 * <p>The set is open, since switches add to it.
 *
 * @param name for instance {@code NORMAL_CLEARING}: capitals, digits and underscores only
 */
public record HangupCause(String name) {

  /** The ordinary end of a call. */
  public static final HangupCause NORMAL_CLEARING = new HangupCause("NORMAL_CLEARING");

  /** Nobody answers to the number. */
  public static final HangupCause UNALLOCATED_NUMBER = new HangupCause("UNALLOCATED_NUMBER");

  /** The line is in use. */
  public static final HangupCause USER_BUSY = new HangupCause("USER_BUSY");

  /** The call was refused. */
  public static final HangupCause CALL_REJECTED = new HangupCause("CALL_REJECTED");

  /** The caller gave up before the call was answered. */
  public static final HangupCause ORIGINATOR_CANCEL = new HangupCause("ORIGINATOR_CANCEL");

  /** Something needed for the call is not working at present. */
  public static final HangupCause NORMAL_TEMPORARY_FAILURE =
      new HangupCause("NORMAL_TEMPORARY_FAILURE");

  /** The connection to the switch was lost, so that the true cause is unknown. */
  public static final HangupCause DESTINATION_OUT_OF_ORDER =
      new HangupCause("DESTINATION_OUT_OF_ORDER");

  /** The call was sent elsewhere by a transfer, and lives on there. */
  public static final HangupCause BLIND_TRANSFER = new HangupCause("BLIND_TRANSFER");

  /** Refuses what cannot be a cause: names go into commands to the switch. */
  public HangupCause {
    if (!name.matches("[A-Z][A-Z0-9_]{0,63}")) {
      throw new IllegalArgumentException("not the name of a hangup cause: " + name);
    }
  }

  /**
   * Reads a cause from outside.
   *
   * @param text a name in any case
   * @return the cause, or {@link #NORMAL_CLEARING} if the text cannot be one
   */
  public static HangupCause of(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    return name.matches("[A-Z][A-Z0-9_]{0,63}") ? new HangupCause(name) : NORMAL_CLEARING;
  }

  @Override
  public String toString() {
    return name;
  }
}
