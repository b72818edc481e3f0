package dev.callflow.testkit.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.store.MemoryStore;
import tools.jackson.databind.node.ObjectNode;

class MemoryStoreTests implements EditableStoreContract {

  private final MemoryStore store = new MemoryStore();

  @Override
  public EditableStore store() {
    return store;
  }

  @Override
  public void account(AccountId id, ObjectNode body) {
    store.account(id, body);
  }
}
