package dev.callflow.core.document;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The accounts of a store, which can be created, changed and removed.
 *
 * <p>Realms are unique among the accounts that are created and changed here, whatever their case,
 * even if several threads or processes write concurrently. The rules for blocking, threads and
 * errors are those of {@link DocumentStore}.
 */
public interface EditableAccounts {

  /** The result of a change to an account; only {@link Written} changes something. */
  sealed interface Result {

    /** The change succeeded. */
    record Written() implements Result {}

    /** There is such an account already. */
    record Exists() implements Result {}

    /** There is no such account. */
    record Missing() implements Result {}

    /** The account's document is not the one that was to be replaced or removed. */
    record Changed() implements Result {}

    /**
     * Another account has the realm.
     *
     * @param realm the realm
     */
    record RealmTaken(String realm) implements Result {}
  }

  /**
   * Finds the document of an account.
   *
   * @param id the account's id
   * @return the document with all keys, of which {@link Account} has some; must not be changed;
   *     empty if there is no such account
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<ObjectNode> accountBody(AccountId id);

  /**
   * Stores a new account.
   *
   * @param id the account's id
   * @param body the account's document, with the optional properties {@code realm}, {@code preflow}
   *     and {@code config}; must not be changed afterwards
   * @return {@link Result.Written}, {@link Result.Exists} or {@link Result.RealmTaken}
   * @throws IllegalArgumentException if the store cannot store the id or the realm
   * @throws StoreUnavailableException if the store cannot answer; the account may have been stored
   */
  Result createAccount(AccountId id, ObjectNode body);

  /**
   * Replaces the document of an account.
   *
   * @param id the account's id
   * @param before the document that is replaced, as {@link #accountBody} returned it
   * @param body the new document; must not be changed afterwards
   * @return {@link Result.Written}, {@link Result.Changed} if the account's document is not the
   *     expected one, {@link Result.Missing} or {@link Result.RealmTaken}
   * @throws IllegalArgumentException if the store cannot store the realm
   * @throws StoreUnavailableException if the store cannot answer; the account may have been changed
   */
  Result replaceAccount(AccountId id, ObjectNode before, ObjectNode body);

  /**
   * Removes an account with all its documents, in one step: nobody finds some of them. An account
   * that is created with the same id later has none of them.
   *
   * @param id the account's id
   * @param before the document of the account that is removed, as {@link #accountBody} returned it
   * @return {@link Result.Written}, {@link Result.Changed} if the account's document is not the
   *     expected one, or {@link Result.Missing}
   * @throws StoreUnavailableException if the store cannot answer; the account may have been removed
   */
  Result removeAccount(AccountId id, ObjectNode before);
}
