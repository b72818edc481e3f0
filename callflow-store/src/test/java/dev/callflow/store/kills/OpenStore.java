package dev.callflow.store.kills;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * An open store.
 *
 * @param documents the store
 * @param problems returns the problems that the store itself finds in its documents
 * @param closing closes the store
 */
record OpenStore(EditableStore documents, Supplier<List<String>> problems, Runnable closing)
    implements AutoCloseable {

  static final AccountId ACCOUNT = new AccountId("acme");

  /**
   * Opens a store.
   *
   * @param address the JDBC URL or data folder
   */
  static OpenStore at(String address) {
    if (address.startsWith("jdbc:")) {
      StoreOptions options =
          StoreOptions.of(address).deadline(Duration.ofMinutes(1)).connections(5);
      JdbcStore store = JdbcStore.open(options, TimeSource.system());
      store.account(ACCOUNT, Json.object());
      return new OpenStore(store, List::of, store::close);
    }
    DataFolder folder =
        DataFolder.open(Path.of(address), document -> List.of(), TimeSource.system());
    return new OpenStore(
        folder, () -> folder.problems().stream().map(Object::toString).toList(), folder::close);
  }

  @Override
  public void close() {
    closing.run();
  }
}
