package dev.callflow.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.store.DataFolder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Imports from a data folder the accounts and documents that a store has never contained. */
final class FolderImport {

  /** The operations that an import needs besides those of {@link EditableStore}. */
  interface Target {

    /** Sets the system configuration. */
    void setSystem(ObjectNode config);

    /** Stores an account; returns false if another account has its realm. */
    boolean putAccount(AccountId id, ObjectNode body);

    /** Returns whether the document exists or has ever existed. */
    boolean everContained(Key key);
  }

  private final EditableStore store;
  private final Target target;
  private final DataFolder folder;
  private final List<String> problems = new ArrayList<>();
  private int accounts;
  private int documents;

  FolderImport(EditableStore store, Target target, DataFolder folder) {
    this.store = store;
    this.target = target;
    this.folder = folder;
  }

  ImportResult run() {
    ObjectNode system = folder.systemConfig();
    if (!system.isEmpty() && !system.equals(store.systemConfig())) {
      target.setSystem(system);
    }
    for (AccountId account :
        folder.accounts().stream().sorted(Comparator.comparing(AccountId::value)).toList()) {
      folder.account(account).ifPresent(this::importAccount);
      for (DocumentType type : DocumentType.values()) {
        folder.all(account, type).forEach(document -> importDocument(account, document));
      }
    }
    return new ImportResult(accounts, documents, problems);
  }

  private void importAccount(Account account) {
    if (!Key.fits(account.id().value())
        || account.realm().filter(it -> !Key.fits(it)).isPresent()) {
      problems.add(
          "account "
              + account.id()
              + ": not imported, because its id or realm exceeds "
              + Key.MAX_LENGTH
              + " characters or contains invalid characters");
    } else if (store.account(account.id()).isEmpty()) {
      if (target.putAccount(
          account.id(), folder.accountBody(account.id()).orElseGet(Json::object))) {
        accounts++;
      } else {
        problems.add(
            "account "
                + account.id()
                + ": not imported, because another account has the realm "
                + account.realm().get());
      }
    }
  }

  private void importDocument(AccountId account, Document document) {
    Key key = new Key(account, document.type(), document.id());
    if (!key.fits()) {
      problems.add(
          document.source()
              + ": not imported, because ids may have at most "
              + Key.MAX_LENGTH
              + " characters and no NUL or unpaired surrogates");
    } else if (store.stored(account, document.type(), document.id()).isEmpty()) {
      importMissing(account, document, key);
    }
  }

  private void importMissing(AccountId account, Document document, Key key) {
    if (target.everContained(key)) {
      problems.add(document.source() + ": not imported, because it was deleted from the database");
    } else {
      switch (store.create(account, document.type(), document.id(), document.body())) {
        case WriteResult.Written written -> documents++;
        case WriteResult.NumbersTaken(List<String> numbers) ->
            problems.add(
                document.source()
                    + ": not imported, because other documents have its numbers "
                    + String.join(", ", numbers));
        case WriteResult.QuotaExceeded exceeded ->
            problems.add(document.source() + ": not imported, because " + exceeded.message());
        case WriteResult.Conflict conflict -> {} // Another process imported it at the same time.
        case WriteResult.Missing missing ->
            throw new IllegalStateException(
                "creating a document failed, because the store reported it as missing");
      }
    }
  }
}
