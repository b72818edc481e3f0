package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.store.AccountUsage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Counts the documents of each account, in the transactions that change them. */
final class UsageTable {

  private UsageTable() {}

  /**
   * Reads the usage of an account, and locks it until the transaction ends. Transactions lock it
   * after the row of the document and before any number, so that they never deadlock.
   */
  static AccountUsage lock(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT documents, bytes FROM callflow_usage WHERE account = :account FOR UPDATE")
        .bind("account", account.value())
        .map((row, context) -> new AccountUsage(row.getLong("documents"), row.getLong("bytes")))
        .findOne()
        .orElseGet(() -> insert(handle, account));
  }

  /** Fails with a violation of the primary key if another transaction inserts it as well. */
  private static AccountUsage insert(Handle handle, AccountId account) {
    handle
        .createUpdate(
            "INSERT INTO callflow_usage (account, documents, bytes) VALUES (:account, 0, 0)")
        .bind("account", account.value())
        .execute();
    return AccountUsage.NONE;
  }

  static void set(Handle handle, AccountId account, AccountUsage usage) {
    handle
        .createUpdate(
            "UPDATE callflow_usage SET documents = :documents, bytes = :bytes"
                + " WHERE account = :account")
        .bind("account", account.value())
        .bind("documents", usage.documents())
        .bind("bytes", usage.bytes())
        .execute();
  }

  /** Counts all documents, when the table is created. */
  static void fill(Connection connection) throws SQLException {
    Map<String, AccountUsage> usage = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT account, body FROM callflow_documents WHERE deleted = FALSE")) {
      while (rows.next()) {
        Document.Size size = Document.Size.of(Body.read(rows.getString("body")));
        usage.merge(
            rows.getString("account"),
            AccountUsage.NONE.plus(Optional.empty(), Optional.of(size)),
            (one, other) ->
                new AccountUsage(one.documents() + other.documents(), one.bytes() + other.bytes()));
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO callflow_usage (account, documents, bytes) VALUES (?, ?, ?)")) {
      for (Map.Entry<String, AccountUsage> entry : usage.entrySet()) {
        insert.setString(1, entry.getKey());
        insert.setLong(2, entry.getValue().documents());
        insert.setLong(3, entry.getValue().bytes());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
