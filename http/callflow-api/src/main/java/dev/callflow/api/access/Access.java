package dev.callflow.api.access;

import dev.callflow.core.document.AccountId;
import java.util.Set;

/** The accounts that a token gives access to, and what for. */
public sealed interface Access {

  /**
   * One account.
   *
   * @param account the account
   * @param scopes what the token may be used for
   */
  record OfAccount(AccountId account, Set<Scope> scopes) implements Access {

    /** Copies the set. */
    public OfAccount {
      scopes = Set.copyOf(scopes);
    }

    /**
     * Creates access to an account with all scopes.
     *
     * @param account the account
     */
    public OfAccount(AccountId account) {
      this(account, Scope.ALL);
    }
  }

  /**
   * Every account.
   *
   * @param scopes what the token may be used for
   */
  record SuperAdmin(Set<Scope> scopes) implements Access {

    /** Copies the set. */
    public SuperAdmin {
      scopes = Set.copyOf(scopes);
    }

    /** Creates access to every account with all scopes. */
    public SuperAdmin() {
      this(Scope.ALL);
    }
  }

  /**
   * Returns what the token may be used for.
   *
   * @return the scopes
   */
  Set<Scope> scopes();

  /**
   * Returns whether this access includes an account.
   *
   * @param account the account
   * @return whether the account is included
   */
  default boolean covers(AccountId account) {
    return switch (this) {
      case OfAccount owner -> owner.account.equals(account);
      case SuperAdmin all -> true;
    };
  }

  /**
   * Returns whether the token may be used for something.
   *
   * @param scope the scope that it needs
   * @return whether this access has the scope
   */
  default boolean allows(Scope scope) {
    return scopes().contains(scope);
  }
}
