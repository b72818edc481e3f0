package dev.callflow.host.history;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that are still to be written, and the store beneath them. A record that changes
 * several times is written once. Used by the history's thread only; all methods except {@link #put}
 * and {@link #remove} block as the store does.
 */
final class Unwritten {

  private static final Logger LOG = LoggerFactory.getLogger(Unwritten.class);

  /** The number of records that are written at once. */
  static final int BATCH = 500;

  private record Key(Optional<AccountId> account, RecordKind kind, String id) {}

  private final RecordStore store;
  private final Map<Key, AccountRecord> changed = new LinkedHashMap<>();
  private final Set<Key> removed = new LinkedHashSet<>();

  Unwritten(RecordStore store) {
    this.store = store;
  }

  void put(AccountRecord record) {
    changed.put(new Key(record.account(), record.kind(), record.id()), record);
  }

  /** Removes a record after the changed ones have been written. */
  void remove(AccountId account, RecordKind kind, String id) {
    removed.add(new Key(Optional.of(account), kind, id));
  }

  boolean isLarge() {
    return changed.size() >= BATCH;
  }

  Optional<AccountRecord> find(Optional<AccountId> account, RecordKind kind, String id) {
    AccountRecord record = changed.get(new Key(account, kind, id));
    return record == null ? store.find(account, kind, id) : Optional.of(record);
  }

  /** Passes on the records of an account with a subject, after writing those that have changed. */
  void forEach(AccountId account, RecordKind kind, String subject, Consumer<AccountRecord> action) {
    Optional<RecordQuery.Position> after = Optional.empty();
    List<AccountRecord> page;
    do {
      write();
      page =
          store.list(
              RecordQuery.newest(account, kind, RecordQuery.MAX_LIMIT)
                  .subject(subject)
                  .after(after));
      page.forEach(action);
      after =
          page.isEmpty()
              ? after
              : Optional.of(new RecordQuery.Position(page.getLast().at(), page.getLast().id()));
    } while (page.size() == RecordQuery.MAX_LIMIT);
  }

  /** Writes all changes; what cannot be written stays here. */
  void write() {
    while (!changed.isEmpty()) {
      List<Map.Entry<Key, AccountRecord>> batch = changed.entrySet().stream().limit(BATCH).toList();
      store.putAll(batch.stream().map(Map.Entry::getValue).toList());
      batch.forEach(it -> changed.remove(it.getKey()));
    }
    while (!removed.isEmpty()) {
      Key first = removed.iterator().next();
      store.remove(first.account(), first.kind(), first.id());
      removed.remove(first);
    }
  }

  /**
   * Writes the changes one by one, after the store has rejected one of them for a reason that will
   * not pass. That one is given up, and logged.
   */
  void writeOneByOne() {
    for (Map.Entry<Key, AccountRecord> each : List.copyOf(changed.entrySet())) {
      try {
        store.put(each.getValue());
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.error("the history lacks {}, which the store rejects", each.getValue(), e);
      }
      changed.remove(each.getKey());
    }
  }
}
