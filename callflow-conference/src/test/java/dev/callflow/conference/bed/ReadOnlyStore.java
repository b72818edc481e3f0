package dev.callflow.conference.bed;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.listen.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** A read-only view of another store. A test can make the reads fail. */
public class ReadOnlyStore implements DocumentStore {

  private final DocumentStore of;
  private boolean down;
  private int remainingSystemReads = Integer.MAX_VALUE;

  public ReadOnlyStore(DocumentStore of) {
    this.of = of;
  }

  /** Makes all further reads fail. */
  public void goesDown() {
    down = true;
  }

  /** Makes all further reads of the system's configuration fail. */
  public void losesTheSystemsConfiguration() {
    losesTheSystemsConfigurationAfter(0);
  }

  /** Makes reads of the system's configuration fail after the given number of further reads. */
  public void losesTheSystemsConfigurationAfter(int reads) {
    remainingSystemReads = reads;
  }

  private DocumentStore up() {
    if (down) {
      throw new StoreUnavailableException("the test's store is down");
    }
    return of;
  }

  @Override
  public Optional<Account> account(AccountId id) {
    return up().account(id);
  }

  @Override
  public Optional<AccountId> accountByRealm(String realm) {
    return up().accountByRealm(realm);
  }

  @Override
  public Optional<Document> find(AccountId account, DocumentType type, String id) {
    return up().find(account, type, id);
  }

  @Override
  public List<Document> all(AccountId account, DocumentType type) {
    return up().all(account, type);
  }

  @Override
  public ObjectNode systemConfig() {
    remainingSystemReads--;
    if (remainingSystemReads < 0) {
      throw new StoreUnavailableException("the system's configuration cannot be read");
    }
    return up().systemConfig();
  }

  @Override
  public Subscription onChange(Consumer<AccountId> listener) {
    return of.onChange(listener);
  }
}
