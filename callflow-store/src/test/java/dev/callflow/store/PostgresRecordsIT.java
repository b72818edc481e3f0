package dev.callflow.store;

import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.store.RecordStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresRecordsIT implements RecordStoreContract {

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
  public RecordStore records() {
    return store.records();
  }

  @Override
  public RecordStore another() {
    return another.records();
  }
}
