package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentNumbers;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.store.AccountUsage;
import dev.callflow.core.store.Quotas;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes documents with their revisions. */
final class DocumentTable {

  private static final String COLUMNS = "id, revision, created, modified, body";

  private DocumentTable() {}

  /** A document's row; it is locked until the transaction ends. */
  private record Row(Revision revision, Document.Size size, boolean deleted, Instant created) {}

  static Optional<StoredDocument> find(Handle handle, Key key) {
    return bound(
            handle.createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM callflow_documents"
                    + " WHERE account = :account AND type = :type AND id = :id"
                    + " AND deleted = FALSE"),
            key)
        .map((row, context) -> document(key.account(), key.type(), row))
        .findOne();
  }

  static List<Document> all(Handle handle, AccountId account, DocumentType type) {
    return handle
        .createQuery(
            "SELECT id, body FROM callflow_documents"
                + " WHERE account = :account AND type = :type AND deleted = FALSE"
                + order(true))
        .bind("account", account.value())
        .bind("type", type.collection())
        .map((row, context) -> body(account, type, row))
        .list();
  }

  static List<Document> withNumber(
      Handle handle, AccountId account, DocumentType type, String number) {
    return handle
        .createQuery(
            """
            SELECT documents.id, documents.body
            FROM callflow_numbers numbers JOIN callflow_documents documents
              ON documents.account = numbers.account AND documents.type = numbers.type
                AND documents.id = numbers.id
            WHERE numbers.account = :account AND numbers.type = :type AND numbers.number = :number
              AND documents.deleted = FALSE
            """)
        .bind("account", account.value())
        .bind("type", type.collection())
        .bind("number", NumberTable.key(number))
        .map((row, context) -> body(account, type, row))
        .list();
  }

  /**
   * The part of a list to read.
   *
   * @param from the id to start with; empty to start at the beginning
   * @param ascending whether to sort by ascending id
   * @param max the maximum number of documents
   */
  record Page(Optional<String> from, boolean ascending, int max) {}

  static List<StoredDocument> page(Handle handle, AccountId account, DocumentType type, Page page) {
    String start =
        page.from().isEmpty() ? "" : " AND id_order " + (page.ascending() ? ">=" : "<=") + " :from";
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM callflow_documents"
                + " WHERE account = :account AND type = :type AND deleted = FALSE"
                + start
                + order(page.ascending())
                + " FETCH FIRST :max ROWS ONLY")
        .bind("account", account.value())
        .bind("type", type.collection())
        .bind("from", Key.units(page.from().orElse("")))
        .bind("max", page.max())
        .map((row, context) -> document(account, type, row))
        .list();
  }

  /**
   * Orders by all columns of the index; otherwise H2 uses another index, reads all rows and sorts
   * them.
   */
  private static String order(boolean ascending) {
    String sort = ascending ? " ASC" : " DESC";
    return " ORDER BY account" + sort + ", type" + sort + ", deleted" + sort + ", id_order" + sort;
  }

  /** Returns whether the document exists or has ever existed. */
  static boolean everContained(Handle handle, Key key) {
    return row(handle, key).isPresent();
  }

  static WriteResult create(Handle handle, Key key, Document document, Instant now, Quotas quotas) {
    Optional<Row> before = row(handle, key);
    if (before.isPresent() && !before.get().deleted) {
      return new WriteResult.Conflict(before.get().revision);
    }
    long number = before.map(row -> row.revision.number()).orElse(0L) + 1;
    Revision revision = Revision.of(number, document.body());
    return write(
        handle,
        key,
        new StoredDocument(document, revision, now, now),
        new Limit(quotas, Optional.empty()),
        before.isPresent()
            ? """
            UPDATE callflow_documents
            SET revision = :revision, deleted = FALSE, created = :created, modified = :modified,
              body = :body
            WHERE account = :account AND type = :type AND id = :id AND revision = :revision - 1
            """
            : """
            INSERT INTO callflow_documents
              (account, type, id, id_order, revision, deleted, created, modified, body)
            VALUES (:account, :type, :id, :order, :revision, FALSE, :created, :modified, :body)
            """);
  }

  static WriteResult replace(
      Handle handle, Key key, Document document, Revision revision, Instant now, Quotas quotas) {
    Optional<Row> before = row(handle, key);
    if (before.isEmpty() || before.get().deleted) {
      return new WriteResult.Missing();
    }
    if (!before.get().revision.equals(revision)) {
      return new WriteResult.Conflict(before.get().revision);
    }
    return write(
        handle,
        key,
        new StoredDocument(
            document,
            Revision.of(revision.number() + 1, document.body()),
            before.get().created,
            now),
        new Limit(quotas, Optional.of(before.get().size)),
        """
        UPDATE callflow_documents
        SET revision = :revision, modified = :modified, body = :body
        WHERE account = :account AND type = :type AND id = :id AND revision = :revision - 1
        """);
  }

  /** The quotas, and the size of the document before the change; empty if it is new. */
  private record Limit(Quotas quotas, Optional<Document.Size> before) {}

  private static WriteResult write(
      Handle handle, Key key, StoredDocument stored, Limit limit, String sql) {
    Set<String> numbers = DocumentNumbers.of(key.type(), stored.document().body());
    List<String> taken = NumberTable.taken(handle, key, numbers);
    if (!taken.isEmpty()) {
      return new WriteResult.NumbersTaken(taken);
    }
    AccountUsage before = UsageTable.lock(handle, key.account());
    AccountUsage after =
        before.plus(limit.before, Optional.of(Document.Size.of(stored.document().body())));
    Optional<WriteResult.QuotaExceeded> exceeded = limit.quotas.exceededBy(before, after);
    if (exceeded.isPresent()) {
      return exceeded.get();
    }
    UsageTable.set(handle, key.account(), after);
    bound(handle.createUpdate(sql), key)
        .bind("order", Key.units(key.id()))
        .bind("revision", stored.revision().number())
        .bindBySqlType("created", time(stored.created()), Types.TIMESTAMP_WITH_TIMEZONE)
        .bindBySqlType("modified", time(stored.modified()), Types.TIMESTAMP_WITH_TIMEZONE)
        .bind("body", Body.write(stored.document().body()))
        .execute();
    NumberTable.assign(handle, key, numbers);
    return new WriteResult.Written(stored);
  }

  static WriteResult remove(Handle handle, Key key, Revision revision, Instant now) {
    Optional<StoredDocument> before = row(handle, key).flatMap(locked -> find(handle, key));
    if (before.isEmpty()) {
      return new WriteResult.Missing();
    }
    if (!before.get().revision().equals(revision)) {
      return new WriteResult.Conflict(before.get().revision());
    }
    Document.Size size = Document.Size.of(before.get().document().body());
    UsageTable.set(
        handle,
        key.account(),
        UsageTable.lock(handle, key.account()).plus(Optional.of(size), Optional.empty()));
    bound(
            handle.createUpdate(
                """
                UPDATE callflow_documents SET deleted = TRUE, modified = :modified, body = '{}'
                WHERE account = :account AND type = :type AND id = :id AND revision = :revision
                """),
            key)
        .bind("revision", revision.number())
        .bindBySqlType("modified", time(now), Types.TIMESTAMP_WITH_TIMEZONE)
        .execute();
    NumberTable.assign(handle, key, Set.of());
    return new WriteResult.Written(before.get());
  }

  /** Removes all documents of an account; their rows stay, as that of every removed document. */
  static void removeAll(Handle handle, AccountId account, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE callflow_documents SET deleted = TRUE, modified = :modified, body = '{}'
            WHERE account = :account AND deleted = FALSE
            """)
        .bind("account", account.value())
        .bindBySqlType("modified", time(now), Types.TIMESTAMP_WITH_TIMEZONE)
        .execute();
    UsageTable.lock(handle, account);
    UsageTable.set(handle, account, AccountUsage.NONE);
    NumberTable.removeAll(handle, account);
  }

  private static Optional<Row> row(Handle handle, Key key) {
    return bound(
            handle.createQuery(
                """
                SELECT revision, deleted, created, body FROM callflow_documents
                WHERE account = :account AND type = :type AND id = :id FOR UPDATE
                """),
            key)
        .map((row, context) -> row(row))
        .findOne();
  }

  private static Row row(ResultSet row) throws SQLException {
    ObjectNode body = Body.read(row.getString("body"));
    return new Row(
        Revision.of(row.getLong("revision"), body),
        Document.Size.of(body),
        row.getBoolean("deleted"),
        instant(row, "created"));
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Key key) {
    return statement
        .bind("account", key.account().value())
        .bind("type", key.type().collection())
        .bind("id", key.id());
  }

  private static StoredDocument document(AccountId account, DocumentType type, ResultSet row)
      throws SQLException {
    Document document = body(account, type, row);
    return new StoredDocument(
        document,
        Revision.of(row.getLong("revision"), document.body()),
        instant(row, "created"),
        instant(row, "modified"));
  }

  private static Document body(AccountId account, DocumentType type, ResultSet row)
      throws SQLException {
    Key key = new Key(account, type, row.getString("id"));
    return new Document(type, key.id(), Body.read(row.getString("body")), key.source());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
