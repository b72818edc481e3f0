package dev.callflow.core.call;

import java.util.Locale;

/**
 * The reason why a call ended: a Q.850 cause, identified by its FreeSWITCH name.
 *
 * <p>The set of names is open, because switches define causes of their own.
 *
 * @param name the name, for instance {@code NORMAL_CLEARING}: capital letters, digits and
 *     underscores only
 */
public record HangupCause(String name) {

  /** The call ended normally. */
  public static final HangupCause NORMAL_CLEARING = new HangupCause("NORMAL_CLEARING");

  /** The number is not assigned. */
  public static final HangupCause UNALLOCATED_NUMBER = new HangupCause("UNALLOCATED_NUMBER");

  /** The line is in use. */
  public static final HangupCause USER_BUSY = new HangupCause("USER_BUSY");

  /** The account has as many calls as it may have. */
  public static final HangupCause NORMAL_CIRCUIT_CONGESTION =
      new HangupCause("NORMAL_CIRCUIT_CONGESTION");

  /** The destination may not be called. */
  public static final HangupCause OUTGOING_CALL_BARRED = new HangupCause("OUTGOING_CALL_BARRED");

  /** The call was refused. */
  public static final HangupCause CALL_REJECTED = new HangupCause("CALL_REJECTED");

  /** The caller gave up before the call was answered. */
  public static final HangupCause ORIGINATOR_CANCEL = new HangupCause("ORIGINATOR_CANCEL");

  /** A temporary failure prevented the call. */
  public static final HangupCause NORMAL_TEMPORARY_FAILURE =
      new HangupCause("NORMAL_TEMPORARY_FAILURE");

  /** The connection to the switch was lost, so the real cause is unknown. */
  public static final HangupCause DESTINATION_OUT_OF_ORDER =
      new HangupCause("DESTINATION_OUT_OF_ORDER");

  /** The call was transferred and continues elsewhere. */
  public static final HangupCause BLIND_TRANSFER = new HangupCause("BLIND_TRANSFER");

  /** Refuses an invalid name, because names become part of commands to the switch. */
  public HangupCause {
    if (!name.matches("[A-Z][A-Z0-9_]{0,63}")) {
      throw new IllegalArgumentException(
          "a hangup cause must consist of capital letters, digits and underscores, but is " + name);
    }
  }

  /**
   * Parses a cause from untrusted input.
   *
   * @param text the name, in upper or lower case
   * @return the cause; {@link #NORMAL_CLEARING} if the name is invalid
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
