package dev.callflow.api.login;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds the account that a user names when they log in. */
record AccountOfLogin(DocumentStore store) {

  /** The number of accounts among which a telephone number is looked up. */
  private static final int MAX_ACCOUNTS = 1_000;

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
    return store.account(new AccountId(name)).map(Account::id);
  }

  private Optional<AccountId> byNumber(String number) {
    return store.accounts().stream()
        .limit(MAX_ACCOUNTS)
        .filter(account -> !store.withNumber(account, DocumentType.CALLFLOW, number).isEmpty())
        .findFirst();
  }
}
