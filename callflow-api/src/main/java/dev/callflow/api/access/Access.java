package dev.callflow.api.access;

import dev.callflow.core.document.AccountId;

/** What the bearer of a token may use. */
public sealed interface Access {

  /**
   * One account.
   *
   * @param account which
   */
  record OfAccount(AccountId account) implements Access {}

  /** Every account. */
  record SuperAdmin() implements Access {}

  /**
   * Tells whether an account may be used.
   *
   * @param account the account
   * @return whether it may
   */
  default boolean covers(AccountId account) {
    return switch (this) {
      case OfAccount(AccountId own) -> own.equals(account);
      case SuperAdmin all -> true;
    };
  }
}
