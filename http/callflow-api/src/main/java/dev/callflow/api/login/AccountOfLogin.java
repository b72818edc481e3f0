package dev.callflow.api.login;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds the account that a user names when they log in. */
final class AccountOfLogin {

  /** The number of accounts among which a telephone number is looked up. */
  private static final int MAX_ACCOUNTS = 1_000;

  private final EditableStore store;
  private final AccountNames names;

  AccountOfLogin(EditableStore store, TimeSource time) {
    this.store = store;
    names = new AccountNames(store, time);
  }

  static boolean isNamed(ObjectNode data) {
    return data.hasNonNull("account_name")
        || data.hasNonNull("account_realm")
        || data.hasNonNull("phone_number");
  }

  Optional<AccountId> find(ObjectNode data) {
    return Json.text(data, "account_name")
        .flatMap(this::byName)
        .or(() -> Json.text(data, "account_realm").flatMap(store::accountByRealm))
        .or(() -> Json.text(data, "phone_number").flatMap(this::byNumber));
  }

  private Optional<AccountId> byName(String name) {
    return store.account(new AccountId(name)).map(Account::id).or(() -> names.find(name));
  }

  private Optional<AccountId> byNumber(String number) {
    return store.accounts().stream()
        .limit(MAX_ACCOUNTS)
        .filter(account -> !store.withNumber(account, DocumentType.CALLFLOW, number).isEmpty())
        .findFirst();
  }
}
