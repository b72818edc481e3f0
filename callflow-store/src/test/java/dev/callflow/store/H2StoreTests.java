package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.store.EditableStoreContract;
import dev.callflow.waiting.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class H2StoreTests implements EditableStoreContract {

  @TempDir private Path folder;
  private JdbcStore store;

  @BeforeEach
  void open() {
    store =
        JdbcStore.open(
            StoreOptions.of("jdbc:h2:" + folder.resolve("store"))
                .deadline(Eventually.LIMIT)
                .connections(4),
            TimeSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public EditableStore store() {
    return store;
  }

  @Override
  public void account(AccountId id, ObjectNode body) {
    store.account(id, body);
  }
}
