package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes records. */
final class RecordTable {

  private static final String COLUMNS = "kind, account, id, subject, at_time, body";

  private static final String BY_KEY = " WHERE kind = :kind AND account = :account AND id = :id";

  private RecordTable() {}

  // ---- one record

  static Optional<AccountRecord> find(Handle handle, RecordKey key) {
    return read(handle, key, "");
  }

  private static Optional<AccountRecord> read(Handle handle, RecordKey key, String lock) {
    return bound(
            handle.createQuery("SELECT " + COLUMNS + " FROM callflow_records" + BY_KEY + lock), key)
        .map((row, context) -> record(row))
        .findOne();
  }

  static Optional<AccountRecord> findAnywhere(Handle handle, RecordKind kind, String id) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM callflow_records WHERE kind = :kind AND id = :id"
                + " FETCH FIRST 1 ROW ONLY")
        .bind("kind", kind.name())
        .bind("id", AnyText.write(id))
        .map((row, context) -> record(row))
        .findOne();
  }

  static Optional<AccountRecord> update(
      Handle handle, RecordKey key, UnaryOperator<ObjectNode> change) {
    return read(handle, key, " FOR UPDATE")
        .map(before -> before.withBody(change.apply(before.body())))
        .map(after -> {
          bound(handle.createUpdate("UPDATE callflow_records SET body = :body" + BY_KEY), key)
              .bind("body", Body.write(after.body()))
              .execute();
          return after;
        });
  }

  static boolean claim(Handle handle, AccountRecord record, Instant at) {
    return bound(
                handle.createUpdate(
                    "UPDATE callflow_records SET at_time = :new"
                        + BY_KEY
                        + " AND at_time = :expected"),
                RecordKey.of(record))
            .bind("new", at.toEpochMilli())
            .bind("expected", record.at().toEpochMilli())
            .execute()
        == 1;
  }

  static boolean remove(Handle handle, RecordKey key) {
    return bound(handle.createUpdate("DELETE FROM callflow_records" + BY_KEY), key).execute() == 1;
  }

  // ---- many records

  /** Replaces the records that exist and inserts the others; of two with the same key, the last. */
  static void putAll(Handle handle, List<AccountRecord> records) {
    SortedMap<RecordKey, AccountRecord> missing = new TreeMap<>(RecordKey.ORDER);
    records.forEach(record -> missing.put(RecordKey.of(record), record));
    List<AccountRecord> inOrder = List.copyOf(missing.values());
    int[] replaced =
        batch(
            handle,
            "UPDATE callflow_records SET subject = :subject, at_time = :at, body = :body" + BY_KEY,
            inOrder);
    for (int index = 0; index < replaced.length; index++) {
      if (replaced[index] > 0) {
        missing.remove(RecordKey.of(inOrder.get(index)));
      }
    }
    batch(
        handle,
        """
        INSERT INTO callflow_records (kind, account, id, id_order, subject, at_time, body)
        VALUES (:kind, :account, :id, :order, :subject, :at, :body)
        """,
        List.copyOf(missing.values()));
  }

  private static int[] batch(Handle handle, String sql, List<AccountRecord> records) {
    if (records.isEmpty()) {
      return new int[0];
    }
    PreparedBatch batch = handle.prepareBatch(sql);
    for (AccountRecord record : records) {
      bound(batch, RecordKey.of(record))
          .bind("order", Key.units(record.id()))
          .bind("subject", AnyText.write(record.subject()))
          .bind("at", record.at().toEpochMilli())
          .bind("body", Body.write(record.body()))
          .add();
    }
    return batch.execute();
  }

  static List<AccountRecord> list(Handle handle, RecordQuery query) {
    List<String> conditions = new ArrayList<>(List.of("kind = :kind"));
    Map<String, Object> values = new TreeMap<>(Map.of("kind", query.kind().name()));
    List<String> order = new ArrayList<>(List.of("kind"));
    ownerColumn(query.owner())
        .ifPresent(account -> {
          conditions.add("account = :account");
          values.put("account", account);
          order.add("account");
        });
    query
        .subject()
        .ifPresent(subject -> {
          conditions.add("subject = :subject");
          values.put("subject", AnyText.write(subject));
          if (values.containsKey("account")) {
            order.add("subject");
          }
        });
    query
        .from()
        .ifPresent(from -> {
          conditions.add("at_time >= :from");
          values.put("from", ceilingMillis(from));
        });
    query
        .until()
        .ifPresent(until -> {
          conditions.add("at_time < :until");
          values.put("until", ceilingMillis(until));
        });
    query
        .after()
        .ifPresent(position -> {
          String behind = query.newestFirst() ? "<" : ">";
          // The first part is what an index can use.
          conditions.add(
              String.format(
                  "at_time %1$s= :after AND (at_time %1$s :after OR id_order %1$s :afterId)",
                  behind));
          values.put("after", position.at().toEpochMilli());
          values.put("afterId", Key.units(position.id()));
        });
    order.addAll(List.of("at_time", "id_order"));
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM callflow_records WHERE "
                + String.join(" AND ", conditions)
                + " ORDER BY "
                + String.join(
                    ", ",
                    order.stream().map(it -> it + (query.newestFirst() ? " DESC" : "")).toList())
                + " FETCH FIRST :limit ROWS ONLY")
        .bindMap(values)
        .bind("limit", query.limit())
        .map((row, context) -> record(row))
        .list();
  }

  private static Optional<String> ownerColumn(RecordQuery.Owner owner) {
    return switch (owner) {
      case RecordQuery.Owner.OfAccount(AccountId account) -> Optional.of(account.value());
      case RecordQuery.Owner.OfHost() -> Optional.of(RecordKey.column(Optional.empty()));
      case RecordQuery.Owner.Any() -> Optional.empty();
    };
  }

  // ---- old records

  /** Removes some of the records before a time; returns how many. */
  static int removeBefore(Handle handle, RecordKind kind, Instant before, int max) {
    return removeAll(
        handle,
        kind,
        handle
            .createQuery(
                """
                SELECT account, id, at_time FROM callflow_records
                WHERE kind = :kind AND at_time < :before
                ORDER BY kind, at_time, id_order FETCH FIRST :max ROWS ONLY
                """)
            .bind("kind", kind.name())
            .bind("before", ceilingMillis(before))
            .bind("max", max)
            .map((row, context) -> old(row))
            .list());
  }

  /** Removes some of an account's records behind the newest ones; returns how many. */
  static int removeBehind(Handle handle, RecordKind kind, String account, int kept, int max) {
    return removeAll(
        handle,
        kind,
        handle
            .createQuery(
                """
                SELECT account, id, at_time FROM callflow_records
                WHERE kind = :kind AND account = :account
                ORDER BY kind DESC, account DESC, at_time DESC, id_order DESC
                OFFSET :kept ROWS FETCH NEXT :max ROWS ONLY
                """)
            .bind("kind", kind.name())
            .bind("account", account)
            .bind("kept", kept)
            .bind("max", max)
            .map((row, context) -> old(row))
            .list());
  }

  /** Finds the next account that has records, in the order of the database. */
  static Optional<String> accountBehind(Handle handle, RecordKind kind, Optional<String> account) {
    return handle
        .createQuery(
            "SELECT account FROM callflow_records WHERE kind = :kind"
                + (account.isPresent() ? " AND account > :account" : "")
                + " ORDER BY kind, account, at_time, id_order FETCH FIRST 1 ROW ONLY")
        .bind("kind", kind.name())
        .bind("account", account.orElse(""))
        .mapTo(String.class)
        .findOne();
  }

  private record Old(String account, String id, long at) {}

  private static Old old(ResultSet row) throws SQLException {
    return new Old(row.getString("account"), row.getString("id"), row.getLong("at_time"));
  }

  /** Spares records that have got another time meanwhile. */
  private static int removeAll(Handle handle, RecordKind kind, List<Old> records) {
    if (records.isEmpty()) {
      return 0;
    }
    PreparedBatch batch =
        handle.prepareBatch("DELETE FROM callflow_records" + BY_KEY + " AND at_time = :at");
    for (Old record : records) {
      batch
          .bind("kind", kind.name())
          .bind("account", record.account)
          .bind("id", record.id)
          .bind("at", record.at)
          .add();
    }
    int removed = 0;
    for (int rows : batch.execute()) {
      removed += rows;
    }
    return removed;
  }

  // ---- columns

  /** The first millisecond that is not before a time. */
  private static long ceilingMillis(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  private static <S extends SqlStatement<S>> S bound(S statement, RecordKey key) {
    return statement
        .bind("kind", key.kind().name())
        .bind("account", key.accountColumn())
        .bind("id", AnyText.write(key.id()));
  }

  private static AccountRecord record(ResultSet row) throws SQLException {
    String account = row.getString("account");
    return new AccountRecord(
        account.isEmpty() ? Optional.empty() : Optional.of(new AccountId(account)),
        RecordKind.valueOf(row.getString("kind")),
        AnyText.read(row.getString("id")),
        AnyText.read(row.getString("subject")),
        Instant.ofEpochMilli(row.getLong("at_time")),
        Body.read(row.getString("body")));
  }
}
