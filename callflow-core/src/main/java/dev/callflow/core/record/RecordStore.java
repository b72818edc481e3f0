package dev.callflow.core.record;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps records of accounts.
 *
 * <p>Safe for use by any thread. Each method blocks for at most the store's timeout, and throws
 * {@link StoreUnavailableException} if the store does not answer; a record is stored when the
 * method returns.
 */
public interface RecordStore {

  /**
   * Stores a record; it replaces one with the same account, kind and id.
   *
   * @param record the record
   * @throws StoreUnavailableException if the store cannot answer
   */
  default void put(AccountRecord record) {
    putAll(List.of(record));
  }

  /**
   * Stores several records at once, all or none.
   *
   * @param records the records
   * @throws StoreUnavailableException if the store cannot answer
   */
  void putAll(List<AccountRecord> records);

  /**
   * Finds a record.
   *
   * @param account the account; empty for a record of the host
   * @param kind the kind
   * @param id the id
   * @return the record; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<AccountRecord> find(Optional<AccountId> account, RecordKind kind, String id);

  /**
   * Finds a record whose account is unknown. The id must be one that no two accounts share, such as
   * the hash of a token.
   *
   * @param kind the kind
   * @param id the id
   * @return the record; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<AccountRecord> findAnywhere(RecordKind kind, String id);

  /**
   * Lists records.
   *
   * @param query which records, in which order
   * @return the records
   * @throws StoreUnavailableException if the store cannot answer
   */
  List<AccountRecord> list(RecordQuery query);

  /**
   * Changes a record in a transaction of its own, so that no other change is lost.
   *
   * @param account the account; empty for a record of the host
   * @param kind the kind
   * @param id the id
   * @param change returns the new content; called with a copy of the content, possibly more than
   *     once
   * @return the changed record; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<AccountRecord> update(
      Optional<AccountId> account, RecordKind kind, String id, UnaryOperator<ObjectNode> change);

  /**
   * Changes a record's time if it still has the expected one. Of several hosts that try this, one
   * succeeds; it then has the task that the record stands for until the new time.
   *
   * @param record the record as it was read
   * @param at the new time
   * @return whether the record had the expected time and was changed
   * @throws StoreUnavailableException if the store cannot answer
   */
  boolean claim(AccountRecord record, Instant at);

  /**
   * Removes a record.
   *
   * @param account the account; empty for a record of the host
   * @param kind the kind
   * @param id the id
   * @return whether there was such a record
   * @throws StoreUnavailableException if the store cannot answer
   */
  boolean remove(Optional<AccountId> account, RecordKind kind, String id);

  /**
   * Removes all records of an account, of all kinds. If the store stops answering meanwhile, some
   * are removed, and another call removes the rest.
   *
   * @param account the account
   * @return how many records were removed
   * @throws StoreUnavailableException if the store cannot answer
   */
  int removeAll(AccountId account);

  /**
   * Removes old records of a kind.
   *
   * @param kind the kind
   * @param before all records before this time are removed
   * @param maxPerAccount of each account, only this many of the newest records are kept
   * @return how many records were removed
   * @throws StoreUnavailableException if the store cannot answer
   */
  int prune(RecordKind kind, Instant before, int maxPerAccount);
}
