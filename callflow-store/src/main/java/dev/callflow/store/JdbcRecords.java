package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** The records in the database of a {@link JdbcStore}. */
final class JdbcRecords implements RecordStore {

  /** How many records a transaction removes at most, so that it ends before the deadline. */
  private static final int REMOVED_AT_ONCE = 1_000;

  private final Database database;

  JdbcRecords(Database database) {
    this.database = database;
  }

  @Override
  public void putAll(List<AccountRecord> records) {
    for (AccountRecord record : records) {
      if (!RecordKey.of(record).fits()) {
        throw new IllegalArgumentException(
            "the account's id of a record may have at most "
                + Key.MAX_LENGTH
                + " characters and no NUL or unpaired surrogates");
      }
    }
    if (!records.isEmpty()) {
      change(
          "store " + records.size() + " records",
          handle -> {
            RecordTable.putAll(handle, records);
            return true;
          });
    }
  }

  @Override
  public Optional<AccountRecord> find(Optional<AccountId> account, RecordKind kind, String id) {
    RecordKey key = new RecordKey(account, kind, id);
    return key.fits()
        ? database.read("find a record of " + kind, handle -> RecordTable.find(handle, key))
        : Optional.empty();
  }

  @Override
  public Optional<AccountRecord> findAnywhere(RecordKind kind, String id) {
    return database.read(
        "find a record of " + kind, handle -> RecordTable.findAnywhere(handle, kind, id));
  }

  @Override
  public List<AccountRecord> list(RecordQuery query) {
    return fits(query.owner())
        ? database.read(
            "list records of " + query.kind(), handle -> RecordTable.list(handle, query))
        : List.of();
  }

  private static boolean fits(RecordQuery.Owner owner) {
    return !(owner instanceof RecordQuery.Owner.OfAccount(AccountId account))
        || Key.fits(account.value());
  }

  @Override
  public Optional<AccountRecord> update(
      Optional<AccountId> account, RecordKind kind, String id, UnaryOperator<ObjectNode> change) {
    RecordKey key = new RecordKey(account, kind, id);
    return key.fits()
        ? change("change a record of " + kind, handle -> RecordTable.update(handle, key, change))
        : Optional.empty();
  }

  @Override
  public boolean claim(AccountRecord record, Instant at) {
    return RecordKey.of(record).fits()
        && change(
            "claim a record of " + record.kind(), handle -> RecordTable.claim(handle, record, at));
  }

  @Override
  public boolean remove(Optional<AccountId> account, RecordKind kind, String id) {
    RecordKey key = new RecordKey(account, kind, id);
    return key.fits()
        && change("remove a record of " + kind, handle -> RecordTable.remove(handle, key));
  }

  @Override
  public int removeAll(AccountId account) {
    int removed = 0;
    if (Key.fits(account.value())) {
      for (RecordKind kind : RecordKind.values()) {
        removed +=
            repeatedly(
                "remove the records of " + account,
                handle ->
                    RecordTable.removeBehind(handle, kind, account.value(), 0, REMOVED_AT_ONCE));
      }
    }
    return removed;
  }

  @Override
  public int prune(RecordKind kind, Instant before, int maxPerAccount) {
    String what = "remove old records of " + kind;
    int removed =
        repeatedly(what, handle -> RecordTable.removeBefore(handle, kind, before, REMOVED_AT_ONCE));
    Optional<String> account = accountBehind(kind, Optional.empty());
    while (account.isPresent()) {
      String owner = account.get();
      removed +=
          repeatedly(
              what,
              handle ->
                  RecordTable.removeBehind(handle, kind, owner, maxPerAccount, REMOVED_AT_ONCE));
      account = accountBehind(kind, account);
    }
    return removed;
  }

  private Optional<String> accountBehind(RecordKind kind, Optional<String> account) {
    return database.read(
        "find accounts with records of " + kind,
        handle -> RecordTable.accountBehind(handle, kind, account));
  }

  private int repeatedly(String what, Function<Handle, Integer> removal) {
    int removed = 0;
    int step;
    do {
      step = change(what, removal);
      removed += step;
    } while (step == REMOVED_AT_ONCE);
    return removed;
  }

  private <T> T change(String what, Function<Handle, T> change) {
    return database.change(what, change, result -> {});
  }
}
