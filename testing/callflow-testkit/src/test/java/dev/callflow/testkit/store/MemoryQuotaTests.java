package dev.callflow.testkit.store;

import dev.callflow.core.document.EditableStore;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.store.Quotas;
import dev.callflow.core.time.TimeSource;

class MemoryQuotaTests implements QuotaContract {

  @Override
  public EditableStore store(Quotas quotas) {
    return new MemoryStore(TimeSource.system(), quotas);
  }
}
