package dev.callflow.core.document;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where accounts and their documents are kept.
 *
 * <p>All methods may block for as long as the store's own deadline says (a store must have one) and
 * may be called by any thread. A store that cannot answer throws {@link StoreUnavailableException}:
 * it never pretends that a document does not exist, since a caller who is let into a room because
 * its PINs could not be read would be let in by accident.
 */
public interface DocumentStore {

  /**
   * Finds an account.
   *
   * @param id the account's id
   * @return the account, or empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<Account> account(AccountId id);

  /**
   * Finds the account that owns a SIP domain.
   *
   * @param realm the domain, compared without case
   * @return the account's id, or empty if none owns it
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<AccountId> accountByRealm(String realm);

  /**
   * Finds one document.
   *
   * @param account the owner
   * @param type the kind asked for; a document of another kind with that id is not found
   * @param id the document's id
   * @return the document, or empty if the account has none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<Document> find(AccountId account, DocumentType type, String id);

  /**
   * Lists the documents of one kind.
   *
   * @param account the owner
   * @param type the kind
   * @return the documents in ascending order of their ids
   * @throws StoreUnavailableException if the store cannot answer
   */
  List<Document> all(AccountId account, DocumentType type);

  /**
   * Returns the configuration of the whole system, which stands behind every account's.
   *
   * @return the same form as {@link Account#config}; treated as immutable
   * @throws StoreUnavailableException if the store cannot answer
   */
  ObjectNode systemConfig();

  /**
   * Asks to be told when documents of an account change.
   *
   * @param listener gets the account's id, on a thread of the store; must not block
   */
  void onChange(Consumer<AccountId> listener);
}
