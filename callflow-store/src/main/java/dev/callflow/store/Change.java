package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.util.Arrays;
import java.util.Optional;

/** A change that a process announces to other processes. */
sealed interface Change {

  /** A change to documents of one type. */
  record OfDocuments(AccountId account, DocumentType type) implements Change {}

  /** A change to the account itself. */
  record OfAccount(AccountId account) implements Change {}

  /** A change to the system configuration. */
  record OfSystem() implements Change {}

  /** Returns the account to pass to listeners; empty for a change to the system configuration. */
  default Optional<AccountId> changedAccount() {
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

  /** Parses an announcement; returns empty for kinds of change that only later versions know. */
  static Optional<Change> read(String text) {
    int space = text.indexOf(' ');
    if (text.equals("system")) {
      return Optional.of(new OfSystem());
    }
    if (space < 0 || space == text.length() - 1) {
      return Optional.empty();
    }
    String kind = text.substring(0, space);
    AccountId account = new AccountId(text.substring(space + 1));
    return kind.equals("account")
        ? Optional.of(new OfAccount(account))
        : Arrays.stream(DocumentType.values())
            .filter(type -> type.collection().equals(kind))
            .findFirst()
            .map(type -> new OfDocuments(account, type));
  }
}
