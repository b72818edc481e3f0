package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.store.RecordStoreContract;
import dev.callflow.waiting.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2RecordsTests implements RecordStoreContract {

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
  public RecordStore records() {
    return store.records();
  }

  @Test
  void recordsAreKeptWhenTheStoreIsReopened() {
    AccountRecord token =
        new AccountRecord(HOST, RecordKind.TOKEN, "hash", "", NOON, Json.object().put("n", 1));
    records().put(token);
    store.close();
    open();

    assertThat(records().findAnywhere(RecordKind.TOKEN, "hash")).contains(token);
  }

  @Test
  void anAccountThatTheDatabaseCannotStoreHasNoRecords() {
    AccountId impossible = new AccountId("x".repeat(256));
    AccountRecord record =
        new AccountRecord(Optional.of(impossible), RecordKind.CALL, "a", "", NOON, Json.object());

    assertThatThrownBy(() -> records().put(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the account's id of a record may have at most 255 characters and no NUL or unpaired"
                + " surrogates");
    assertThat(records().find(Optional.of(impossible), RecordKind.CALL, "a")).isEmpty();
    assertThat(records().list(RecordQuery.newest(impossible, RecordKind.CALL, 1))).isEmpty();
    assertThat(records().remove(Optional.of(impossible), RecordKind.CALL, "a")).isFalse();
    assertThat(records().claim(record, NOON)).isFalse();
    assertThat(records().update(Optional.of(impossible), RecordKind.CALL, "a", body -> body))
        .isEmpty();
  }

  @Test
  void ifOneOfSeveralRecordsCannotBeStoredNoneIs() {
    AccountRecord first = new AccountRecord(ACME, RecordKind.CALL, "a", "", NOON, Json.object());
    // A time of the year 292,278,994 and later has no number of milliseconds.
    AccountRecord impossible = first.withTime(java.time.Instant.MAX);

    assertThatThrownBy(() ->
            records()
                .putAll(
                    List.of(
                        first,
                        new AccountRecord(
                            ACME, RecordKind.CALL, "b", "", impossible.at(), Json.object()))))
        .isInstanceOf(ArithmeticException.class);
    assertThat(records().find(ACME, RecordKind.CALL, "a")).isEmpty();
  }

  @Test
  void aClosedStoreIsUnavailable() {
    RecordStore records = records();
    store.close();

    assertThatThrownBy(() -> records.find(ACME, RecordKind.TOKEN, "secret"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("find a record of TOKEN")
        .hasMessageNotContaining("secret");
  }
}
