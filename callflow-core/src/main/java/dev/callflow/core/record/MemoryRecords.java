package dev.callflow.core.record;

import dev.callflow.core.document.AccountId;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final Comparator<AccountRecord> ORDER =
      Comparator.comparing(AccountRecord::at).thenComparing(AccountRecord::id);

  private record Key(Optional<AccountId> account, String id) {}

  private final Map<RecordKind, Map<Key, AccountRecord>> records = new EnumMap<>(RecordKind.class);
  private final ReentrantLock lock = new ReentrantLock();

  /** Creates an empty store. */
  public MemoryRecords() {}

  private <T> T locked(RecordKind kind, Function<Map<Key, AccountRecord>, T> task) {
    lock.lock();
    try {
      return task.apply(records.computeIfAbsent(kind, it -> new HashMap<>()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void putAll(List<AccountRecord> added) {
    lock.lock();
    try {
      added.forEach(this::add);
    } finally {
      lock.unlock();
    }
  }

  private void add(AccountRecord record) {
    locked(
        record.kind(),
        all -> {
          all.put(key(record), record);
          if (all.size() > MAX_RECORDS) {
            all.values().stream().min(ORDER).ifPresent(oldest -> all.remove(key(oldest)));
          }
          return all;
        });
  }

  @Override
  public Optional<AccountRecord> find(Optional<AccountId> account, RecordKind kind, String id) {
    return locked(kind, all -> Optional.ofNullable(all.get(new Key(account, id))));
  }

  @Override
  public Optional<AccountRecord> findAnywhere(RecordKind kind, String id) {
    return locked(
        kind, all -> all.values().stream().filter(record -> record.id().equals(id)).findFirst());
  }

  @Override
  public List<AccountRecord> list(RecordQuery query) {
    Comparator<AccountRecord> order = query.newestFirst() ? ORDER.reversed() : ORDER;
    Optional<RecordQuery.Position> after = query.after();
    return locked(
        query.kind(),
        all ->
            all.values().stream()
                .filter(record -> owns(query.owner(), record))
                .filter(record -> query.subject().map(record.subject()::equals).orElse(true))
                .filter(record -> query.from().map(it -> !record.at().isBefore(it)).orElse(true))
                .filter(record -> query.until().map(record.at()::isBefore).orElse(true))
                .sorted(order)
                .filter(record ->
                    after.map(it -> isBehind(it, record, query.newestFirst())).orElse(true))
                .limit(query.limit())
                .toList());
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
            Optional.ofNullable(
                all.computeIfPresent(
                    new Key(account, id),
                    (key, before) -> before.withBody(change.apply(before.body().deepCopy())))));
  }

  @Override
  public boolean claim(AccountRecord record, Instant at) {
    return locked(
        record.kind(),
        all -> {
          AccountRecord now = all.get(key(record));
          if (now == null || !now.at().equals(record.at())) {
            return false;
          }
          all.put(key(record), now.withTime(at));
          return true;
        });
  }

  @Override
  public boolean remove(Optional<AccountId> account, RecordKind kind, String id) {
    return locked(kind, all -> all.remove(new Key(account, id)) != null);
  }

  @Override
  public int prune(RecordKind kind, Instant before, int maxPerAccount) {
    return locked(
        kind,
        all -> {
          Map<Optional<AccountId>, Integer> kept = new HashMap<>();
          List<Key> old =
              all.values().stream()
                  .sorted(ORDER.reversed())
                  .filter(record ->
                      record.at().isBefore(before)
                          || kept.merge(record.account(), 1, Integer::sum) > maxPerAccount)
                  .map(MemoryRecords::key)
                  .toList();
          old.forEach(all::remove);
          return old.size();
        });
  }

  private static Key key(AccountRecord record) {
    return new Key(record.account(), record.id());
  }
}
