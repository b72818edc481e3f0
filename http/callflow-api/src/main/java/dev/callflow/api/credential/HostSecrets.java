package dev.callflow.api.credential;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** Random values that are made once and shared by all hosts with the same store. */
record HostSecrets(RecordStore records, TimeSource time) {

  private static final int BYTES = 32;
  private static final String VALUE = "value";

  /** Returns the value with a name, and makes it if there is none yet. */
  byte[] value(Optional<AccountId> account, String name) {
    return find(account, name)
        .orElseGet(() -> {
          byte[] bytes = new byte[BYTES];
          new SecureRandom().nextBytes(bytes);
          String value = HexFormat.of().formatHex(bytes);
          records.put(
              new AccountRecord(
                  account,
                  RecordKind.CREDENTIAL,
                  name + "/" + value.substring(0, BYTES),
                  name,
                  time.now(),
                  Json.object().put(VALUE, value)));
          // Another host may have made one at the same time: both use the older one.
          return find(account, name).orElseThrow();
        });
  }

  private Optional<byte[]> find(Optional<AccountId> account, String name) {
    RecordQuery.Owner owner =
        account
            .<RecordQuery.Owner>map(RecordQuery.Owner.OfAccount::new)
            .orElseGet(RecordQuery.Owner.OfHost::new);
    return records
        .list(
            new RecordQuery(
                owner,
                RecordKind.CREDENTIAL,
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                1))
        .stream()
        .findFirst()
        .flatMap(record -> Json.text(record.body(), VALUE))
        .map(HexFormat.of()::parseHex);
  }
}
