package dev.callflow.store;

import dev.callflow.core.document.EditableStore;
import dev.callflow.core.store.Quotas;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.store.QuotaContract;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class PostgresQuotaIT implements QuotaContract {

  private @Nullable JdbcStore store;

  @Override
  public EditableStore store(Quotas quotas) throws SQLException {
    JdbcStore opened = JdbcStore.open(Postgres.schema().quotas(quotas), TimeSource.system());
    store = opened;
    return opened;
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }
}
