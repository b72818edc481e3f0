package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.WriteResult.Quota;
import dev.callflow.core.document.WriteResult.QuotaExceeded;
import dev.callflow.core.store.Quotas;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.store.QuotaContract;
import dev.callflow.waiting.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2QuotaTests implements QuotaContract {

  @TempDir private Path folder;
  private @Nullable JdbcStore store;

  @Override
  public EditableStore store(Quotas quotas) {
    return open(quotas);
  }

  private JdbcStore open(Quotas quotas) {
    JdbcStore opened = JdbcStore.open(options().quotas(quotas), TimeSource.system());
    store = opened;
    return opened;
  }

  private StoreOptions options() {
    return StoreOptions.of("jdbc:h2:" + folder.resolve("store"))
        .deadline(Eventually.LIMIT)
        .connections(4);
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void documentsOfEarlierVersionsCount() throws Exception {
    JdbcStore first = open(Quotas.standard());
    first.create(ACME, DocumentType.CONFERENCE, "c1", Json.object().put("name", "Größe"));
    first.create(ACME, DocumentType.MEDIA, "m1", Json.object());
    first.create(OTHER, DocumentType.MEDIA, "m1", Json.object());
    first.remove(
        OTHER,
        DocumentType.MEDIA,
        "m1",
        first.stored(OTHER, DocumentType.MEDIA, "m1").orElseThrow().revision());
    first.close();
    try (Connection connection =
            DriverManager.getConnection(options().url() + ";WRITE_DELAY=0", "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE callflow_records");
      statement.execute("DROP TABLE callflow_usage");
      statement.execute("DELETE FROM \"callflow_schema_history\" WHERE \"version\" IN ('2', '3')");
    }

    JdbcStore migrated = open(Quotas.standard().documents(2).bytes(27));
    assertThat(migrated.create(ACME, DocumentType.MEDIA, "m2", Json.object()))
        .isEqualTo(new QuotaExceeded(Quota.DOCUMENTS, 2, 3));
    assertThat(
            migrated.replace(
                ACME,
                DocumentType.MEDIA,
                "m1",
                Json.object().put("a", 12345),
                migrated.stored(ACME, DocumentType.MEDIA, "m1").orElseThrow().revision()))
        // {"name":"Größe"} has 18 bytes, {"a":12345} has 11.
        .isEqualTo(new QuotaExceeded(Quota.BYTES, 27, 29));
    migrated.create(OTHER, DocumentType.MEDIA, "m1", Json.object());
    migrated.create(OTHER, DocumentType.MEDIA, "m2", Json.object());
    assertThat(migrated.create(OTHER, DocumentType.MEDIA, "m3", Json.object()))
        .isEqualTo(new QuotaExceeded(Quota.DOCUMENTS, 2, 3));
  }
}
