package dev.callflow.core.limit;

import dev.callflow.core.document.AccountId;

/**
 * An account's use of a limit that needs attention. Each state is reported once, and again only
 * after the use has been below 70 % of the maximum.
 *
 * @param account the account
 * @param limit the limit
 * @param state what has happened
 * @param used how much the account uses
 * @param max the maximum
 */
public record LimitEvent(AccountId account, Limit limit, State state, int used, int max) {

  /** What has happened. */
  public enum State {
    /** The account uses at least 80 % of the maximum. */
    WARNING,
    /** A request was refused, or a recording was stopped. */
    REACHED
  }
}
