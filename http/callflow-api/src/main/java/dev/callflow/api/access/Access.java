package dev.callflow.api.access;

import dev.callflow.core.document.AccountId;

/** The accounts that a token gives access to. */
public sealed interface Access {

  /**
   * One account.
   *
   * @param account the account
   */
  record OfAccount(AccountId account) implements Access {}

  /** Every account. */
  record SuperAdmin() implements Access {}

  /**
   * Returns whether this access includes an account.
   *
   * @param account the account
   * @return whether the account is included
   */
  default boolean covers(AccountId account) {
    return switch (this) {
      case OfAccount(AccountId own) -> own.equals(account);
      case SuperAdmin all -> true;
    };
  }
}
