package dev.callflow.core.document;

import dev.callflow.core.listen.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads accounts and their documents.
 *
 * <p>Any thread may call the methods. Each may block, but for no longer than the timeout of the
 * store; every store must have one. A store that cannot answer throws {@link
 * StoreUnavailableException} and never reports the document as missing; otherwise a caller could
 * enter a conference whose PINs could not be read.
 */
public interface DocumentStore {

  /**
   * Lists the accounts.
   *
   * @return the ids of all accounts, in no particular order; empty, as by default, if the store
   *     cannot list them
   * @throws StoreUnavailableException if the store cannot answer
   */
  default Collection<AccountId> accounts() {
    return List.of();
  }

  /**
   * Checks that the store answers. Unless overridden, reads the system configuration.
   *
   * @throws StoreUnavailableException if the store cannot answer
   */
  default void requireReachable() {
    systemConfig();
  }

  /**
   * Finds an account.
   *
   * @param id the account's id
   * @return the account; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<Account> account(AccountId id);

  /**
   * Finds the account that owns a SIP domain.
   *
   * @param realm the domain; not case-sensitive
   * @return the account's id; empty if no account owns the domain
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<AccountId> accountByRealm(String realm);

  /**
   * Finds a document.
   *
   * @param account the owner
   * @param type the document's type; documents of other types with the same id are not found
   * @param id the document's id
   * @return the document; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<Document> find(AccountId account, DocumentType type, String id);

  /**
   * Lists the documents of one type.
   *
   * @param account the owner
   * @param type the type
   * @return the documents in ascending order of their ids
   * @throws StoreUnavailableException if the store cannot answer
   */
  List<Document> all(AccountId account, DocumentType type);

  /**
   * Finds the documents that have a number ({@link DocumentNumbers}). Each call and each number
   * that a caller enters is looked up in this way.
   *
   * <p>By default, examines {@link #all}, which takes longer the more documents there are. A store
   * with many documents should keep an index.
   *
   * @param account the owner
   * @param type the type
   * @param number the number, in its normalised form
   * @return the documents in ascending order of their ids; empty if no document has the number
   * @throws StoreUnavailableException if the store cannot answer
   */
  default List<Document> withNumber(AccountId account, DocumentType type, String number) {
    return all(account, type).stream()
        .filter(document -> DocumentNumbers.of(type, document.body()).contains(number))
        .toList();
  }

  /**
   * Returns the system configuration, which applies where an account's own configuration has no
   * value.
   *
   * @return the configuration, in the form of {@link Account#config}; must not be changed
   * @throws StoreUnavailableException if the store cannot answer
   */
  ObjectNode systemConfig();

  /**
   * Adds a listener for changes to the documents of any account.
   *
   * @param listener receives the account's id, on a thread of the store; must not block
   * @return the subscription, which removes the listener
   */
  Subscription onChange(Consumer<AccountId> listener);
}
