package dev.callflow.host;

import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.util.UUID;

/** The history is the same in a database. */
class DatabaseHistoryTests extends HistoryTests {

  @Override
  HistoryBed open() throws IOException {
    JdbcStore store =
        JdbcStore.open(
            StoreOptions.of("jdbc:h2:mem:" + UUID.randomUUID())
                .deadline(Eventually.LIMIT)
                .connections(2),
            TimeSource.system());
    return new HistoryBed(store.records(), store::close);
  }
}
