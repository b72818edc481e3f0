package dev.callflow.core.record;

import dev.callflow.core.document.AccountId;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps records in memory, for tests and for hosts that need no history after a restart. Of each
 * kind at most 100,000 records are kept; a new one then replaces the oldest.
 */
public final class MemoryRecords implements RecordStore {

  private static final int MAX_RECORDS = 100_000;

  /** The order of lists; the account only tells records of the same time and id apart. */
  private static final Comparator<AccountRecord> ORDER =
      Comparator.comparing(AccountRecord::at)
          .thenComparing(AccountRecord::id)
          .thenComparing(record -> record.account().map(AccountId::value).orElse(""));

  private record Key(Optional<AccountId> account, String id) {

    static Key of(AccountRecord record) {
      return new Key(record.account(), record.id());
    }
  }

  /** The records of one kind. */
  private static final class OfKind {

    private final Map<Key, AccountRecord> byKey = new HashMap<>();
    private final NavigableSet<AccountRecord> inOrder = new TreeSet<>(ORDER);

    void put(AccountRecord record) {
      remove(Key.of(record));
      byKey.put(Key.of(record), record);
      inOrder.add(record);
      if (inOrder.size() > MAX_RECORDS) {
        remove(Key.of(inOrder.first()));
      }
    }

    boolean remove(Key key) {
      AccountRecord removed = byKey.remove(key);
      return removed != null && inOrder.remove(removed);
    }

    Optional<AccountRecord> find(Key key) {
      return Optional.ofNullable(byKey.get(key));
    }
  }

  private final Map<RecordKind, OfKind> records = new EnumMap<>(RecordKind.class);
  private final ReentrantLock lock = new ReentrantLock();

  /** Creates an empty store. */
  public MemoryRecords() {}

  private <T> T locked(RecordKind kind, Function<OfKind, T> task) {
    lock.lock();
    try {
      return task.apply(records.computeIfAbsent(kind, it -> new OfKind()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void putAll(List<AccountRecord> added) {
    lock.lock();
    try {
      added.forEach(
          record -> records.computeIfAbsent(record.kind(), it -> new OfKind()).put(record));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<AccountRecord> find(Optional<AccountId> account, RecordKind kind, String id) {
    return locked(kind, all -> all.find(new Key(account, id)));
  }

  @Override
  public Optional<AccountRecord> findAnywhere(RecordKind kind, String id) {
    return locked(
        kind, all -> all.inOrder.stream().filter(record -> record.id().equals(id)).findFirst());
  }

  @Override
  public List<AccountRecord> list(RecordQuery query) {
    return locked(
        query.kind(),
        all ->
            (query.newestFirst() ? all.inOrder.descendingSet() : all.inOrder)
                .stream()
                    .filter(record -> owns(query.owner(), record))
                    .filter(record -> matches(query, record))
                    .limit(query.limit())
                    .toList());
  }

  private static boolean matches(RecordQuery query, AccountRecord record) {
    return query.subject().map(record.subject()::equals).orElse(true)
        && query.from().map(from -> !record.at().isBefore(from)).orElse(true)
        && query.until().map(record.at()::isBefore).orElse(true)
        && query.after().map(it -> isBehind(it, record, query.newestFirst())).orElse(true);
  }

  private static boolean owns(RecordQuery.Owner owner, AccountRecord record) {
    return switch (owner) {
      case RecordQuery.Owner.OfAccount(AccountId account) ->
          record.account().equals(Optional.of(account));
      case RecordQuery.Owner.OfHost() -> record.account().isEmpty();
      case RecordQuery.Owner.Any() -> true;
    };
  }

  private static boolean isBehind(
      RecordQuery.Position position, AccountRecord record, boolean newestFirst) {
    int compared = record.at().compareTo(position.at());
    int order = compared == 0 ? record.id().compareTo(position.id()) : compared;
    return newestFirst ? order < 0 : order > 0;
  }

  @Override
  public Optional<AccountRecord> update(
      Optional<AccountId> account, RecordKind kind, String id, UnaryOperator<ObjectNode> change) {
    return locked(
        kind,
        all ->
            all.find(new Key(account, id))
                .map(before -> before.withBody(change.apply(before.body().deepCopy())))
                .map(after -> {
                  all.put(after);
                  return after;
                }));
  }

  @Override
  public boolean claim(AccountRecord record, Instant at) {
    return locked(
        record.kind(),
        all -> {
          Optional<AccountRecord> now =
              all.find(Key.of(record)).filter(it -> it.at().equals(record.at()));
          now.ifPresent(it -> all.put(it.withTime(at)));
          return now.isPresent();
        });
  }

  @Override
  public boolean remove(Optional<AccountId> account, RecordKind kind, String id) {
    return locked(kind, all -> all.remove(new Key(account, id)));
  }

  @Override
  public int removeAll(AccountId account) {
    int removed = 0;
    for (RecordKind kind : RecordKind.values()) {
      removed +=
          locked(
              kind,
              all -> {
                List<Key> keys =
                    all.byKey.keySet().stream()
                        .filter(key -> key.account().equals(Optional.of(account)))
                        .toList();
                keys.forEach(all::remove);
                return keys.size();
              });
    }
    return removed;
  }

  @Override
  public int prune(RecordKind kind, Instant before, int maxPerAccount) {
    return locked(
        kind,
        all -> {
          Map<Optional<AccountId>, Integer> kept = new HashMap<>();
          List<Key> old =
              all.inOrder.descendingSet().stream()
                  .filter(record ->
                      record.at().isBefore(before)
                          || kept.merge(record.account(), 1, Integer::sum) > maxPerAccount)
                  .map(Key::of)
                  .toList();
          old.forEach(all::remove);
          return old.size();
        });
  }
}
