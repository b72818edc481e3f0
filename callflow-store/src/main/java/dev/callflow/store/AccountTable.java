package dev.callflow.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableAccounts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes accounts and the system configuration. */
final class AccountTable {

  private static final String CONFIG = "config";
  private static final String LOCKED = " FOR UPDATE";

  private AccountTable() {}

  static Optional<Account> find(Handle handle, AccountId id) {
    return body(handle, id).map(body -> Account.of(id, body));
  }

  static Optional<ObjectNode> body(Handle handle, AccountId id) {
    return body(handle, id, "");
  }

  private static Optional<ObjectNode> body(Handle handle, AccountId id, String lock) {
    return handle
        .createQuery("SELECT body FROM callflow_accounts WHERE id = :id" + lock)
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(Body::read);
  }

  static Optional<AccountId> byRealm(Handle handle, String realm) {
    return handle
        .createQuery("SELECT id FROM callflow_accounts WHERE realm = :realm")
        .bind("realm", realm.toLowerCase(Locale.ROOT))
        .mapTo(String.class)
        .findOne()
        .map(AccountId::new);
  }

  static List<AccountId> all(Handle handle) {
    return handle
        .createQuery("SELECT id FROM callflow_accounts")
        .mapTo(String.class)
        .map(AccountId::new)
        .list();
  }

  /** Lists all owners of documents, including those that are not stored as accounts. */
  static List<AccountId> owners(Handle handle) {
    return handle
        .createQuery(
            "SELECT id FROM callflow_accounts UNION SELECT account FROM callflow_documents")
        .mapTo(String.class)
        .map(AccountId::new)
        .list();
  }

  /** Stores an account; returns false if another account has its realm. */
  static boolean put(Handle handle, AccountId id, ObjectNode body) {
    Optional<String> realm = Account.of(id, body).realm();
    if (realm.flatMap(it -> byRealm(handle, it)).filter(owner -> !owner.equals(id)).isPresent()) {
      return false;
    }
    String lowerCase = realm.map(it -> it.toLowerCase(Locale.ROOT)).orElse(null);
    int changed =
        handle
            .createUpdate(
                "UPDATE callflow_accounts SET realm = :realm, body = :body WHERE id = :id")
            .bind("id", id.value())
            .bind("realm", lowerCase)
            .bind("body", Body.write(body))
            .execute();
    if (changed == 0) {
      handle
          .createUpdate(
              "INSERT INTO callflow_accounts (id, realm, body) VALUES (:id, :realm, :body)")
          .bind("id", id.value())
          .bind("realm", lowerCase)
          .bind("body", Body.write(body))
          .execute();
    }
    return true;
  }

  /** Stores a new account; fails with a violation of a key if another transaction does as well. */
  static EditableAccounts.Result create(Handle handle, AccountId id, ObjectNode body) {
    return body(handle, id, LOCKED).isPresent()
        ? new EditableAccounts.Result.Exists()
        : writtenOrRealmTaken(handle, id, body);
  }

  static EditableAccounts.Result replace(
      Handle handle, AccountId id, ObjectNode before, ObjectNode body) {
    Optional<ObjectNode> now = body(handle, id, LOCKED);
    if (now.isEmpty()) {
      return new EditableAccounts.Result.Missing();
    }
    return now.get().equals(before)
        ? writtenOrRealmTaken(handle, id, body)
        : new EditableAccounts.Result.Changed();
  }

  /** Removes an account, but not its documents. */
  static EditableAccounts.Result remove(Handle handle, AccountId id, ObjectNode before) {
    Optional<ObjectNode> now = body(handle, id, LOCKED);
    if (now.isEmpty()) {
      return new EditableAccounts.Result.Missing();
    }
    if (!now.get().equals(before)) {
      return new EditableAccounts.Result.Changed();
    }
    handle
        .createUpdate("DELETE FROM callflow_accounts WHERE id = :id")
        .bind("id", id.value())
        .execute();
    return new EditableAccounts.Result.Written();
  }

  private static EditableAccounts.Result writtenOrRealmTaken(
      Handle handle, AccountId id, ObjectNode body) {
    return put(handle, id, body)
        ? new EditableAccounts.Result.Written()
        : new EditableAccounts.Result.RealmTaken(Account.of(id, body).realm().orElse(""));
  }

  static Optional<ObjectNode> system(Handle handle) {
    return handle
        .createQuery("SELECT body FROM callflow_system WHERE name = :name")
        .bind("name", CONFIG)
        .mapTo(String.class)
        .findOne()
        .map(Body::read);
  }

  static void system(Handle handle, ObjectNode config) {
    int changed =
        handle
            .createUpdate("UPDATE callflow_system SET body = :body WHERE name = :name")
            .bind("name", CONFIG)
            .bind("body", Body.write(config))
            .execute();
    if (changed == 0) {
      handle
          .createUpdate("INSERT INTO callflow_system (name, body) VALUES (:name, :body)")
          .bind("name", CONFIG)
          .bind("body", Body.write(config))
          .execute();
    }
  }
}
