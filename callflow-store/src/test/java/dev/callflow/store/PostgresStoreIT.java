package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.store.EditableStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.node.ObjectNode;

class PostgresStoreIT implements EditableStoreContract {

  private JdbcStore store;
  private JdbcStore another;

  @BeforeEach
  void open() throws SQLException {
    StoreOptions options = Postgres.schema();
    store = JdbcStore.open(options, TimeSource.system());
    another = JdbcStore.open(options, TimeSource.system());
  }

  @AfterEach
  void close() {
    store.close();
    another.close();
  }

  @Override
  public EditableStore store() {
    return store;
  }

  @Override
  public EditableStore another() {
    return another;
  }

  @Override
  public void account(AccountId id, ObjectNode body) {
    store.account(id, body);
  }
}
