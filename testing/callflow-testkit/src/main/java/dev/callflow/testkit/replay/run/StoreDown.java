package dev.callflow.testkit.replay.run;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.listen.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** A store whose conference documents cannot be read. All other reads work. */
record StoreDown(DocumentStore store) implements DocumentStore {

  @Override
  public Collection<AccountId> accounts() {
    return store.accounts();
  }

  @Override
  public Optional<Account> account(AccountId id) {
    return store.account(id);
  }

  @Override
  public Optional<AccountId> accountByRealm(String realm) {
    return store.accountByRealm(realm);
  }

  @Override
  public Optional<Document> find(AccountId account, DocumentType type, String id) {
    requireUp(type);
    return store.find(account, type, id);
  }

  @Override
  public List<Document> all(AccountId account, DocumentType type) {
    requireUp(type);
    return store.all(account, type);
  }

  private static void requireUp(DocumentType type) {
    if (type == DocumentType.CONFERENCE) {
      throw new StoreUnavailableException("the store is down, as the case specifies");
    }
  }

  @Override
  public ObjectNode systemConfig() {
    return store.systemConfig();
  }

  @Override
  public Subscription onChange(Consumer<AccountId> listener) {
    return store.onChange(listener);
  }
}
