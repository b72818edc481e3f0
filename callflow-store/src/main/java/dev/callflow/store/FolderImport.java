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

/** Takes over from a data folder what a store does not have. */
final class FolderImport {

  /** What a folder is imported into, besides the documents that every store has. */
  interface Target {

    /** Sets the system's configuration. */
    void setSystem(ObjectNode config);

    /** Stores an account; false if another account has its realm. */
    boolean putAccount(AccountId id, ObjectNode body);

    /** Whether there is such a document or has ever been one. */
    boolean everHad(Key key);
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
      folder.account(account).ifPresent(this::take);
      for (DocumentType type : DocumentType.values()) {
        folder.all(account, type).forEach(document -> take(account, document));
      }
    }
    return new ImportResult(accounts, documents, problems);
  }

  private void take(Account account) {
    if (!Key.fits(account.id().value())
        || account.realm().filter(it -> !Key.fits(it)).isPresent()) {
      problems.add("account " + account.id() + ": its id or its realm is too long");
    } else if (store.account(account.id()).isEmpty()) {
      if (target.putAccount(account.id(), body(account))) {
        accounts++;
      } else {
        problems.add(
            "account " + account.id() + ": another account has the realm " + account.realm().get());
      }
    }
  }

  private static ObjectNode body(Account account) {
    ObjectNode body = Json.object();
    account.realm().ifPresent(realm -> body.put("realm", realm));
    account.preflow().ifPresent(preflow -> body.putObject("preflow").put("always", preflow));
    body.set("config", account.config());
    return body;
  }

  private void take(AccountId account, Document document) {
    Key key = new Key(account, document.type(), document.id());
    if (!key.fits()) {
      problems.add(document.source() + ": an id has at most " + Key.LONGEST + " characters");
    } else if (store.stored(account, document.type(), document.id()).isEmpty()) {
      takeMissing(account, document, key);
    }
  }

  private void takeMissing(AccountId account, Document document, Key key) {
    if (target.everHad(key)) {
      problems.add(document.source() + ": left out, since it was removed from the database");
    } else {
      switch (store.create(account, document.type(), document.id(), document.body())) {
        case WriteResult.Written written -> documents++;
        case WriteResult.NumbersTaken(List<String> numbers) ->
            problems.add(
                document.source()
                    + ": left out, since another document has its numbers: "
                    + String.join(", ", numbers));
        case WriteResult.Conflict conflict -> {} // Another process imports it, too.
        case WriteResult.Missing missing -> throw new IllegalStateException("nothing was replaced");
      }
    }
  }
}
