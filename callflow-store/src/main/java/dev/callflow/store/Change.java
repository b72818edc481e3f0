package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.util.Arrays;
import java.util.Optional;

/** What has changed, as processes tell each other. */
sealed interface Change {

  /** Documents of one kind. */
  record OfDocuments(AccountId account, DocumentType type) implements Change {}

  /** The account itself. */
  record OfAccount(AccountId account) implements Change {}

  /** The configuration of the whole system. */
  record OfSystem() implements Change {}

  /** The account whose listeners are notified. */
  default Optional<AccountId> told() {
    return switch (this) {
      case OfDocuments documents -> Optional.of(documents.account);
      case OfAccount account -> Optional.of(account.account);
      case OfSystem system -> Optional.empty();
    };
  }

  default String text() {
    return switch (this) {
      case OfDocuments documents -> documents.type.collection() + " " + documents.account;
      case OfAccount account -> "account " + account.account;
      case OfSystem system -> "system";
    };
  }

  /** Reads what a process has told; empty if it is of a later version than this one. */
  static Optional<Change> read(String text) {
    int space = text.indexOf(' ');
    if (text.equals("system")) {
      return Optional.of(new OfSystem());
    }
    if (space < 0 || space == text.length() - 1) {
      return Optional.empty();
    }
    String what = text.substring(0, space);
    AccountId account = new AccountId(text.substring(space + 1));
    return what.equals("account")
        ? Optional.of(new OfAccount(account))
        : Arrays.stream(DocumentType.values())
            .filter(type -> type.collection().equals(what))
            .findFirst()
            .map(type -> new OfDocuments(account, type));
  }
}
