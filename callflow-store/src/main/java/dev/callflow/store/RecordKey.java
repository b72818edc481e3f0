package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * Identifies a record.
 *
 * @param account the account; empty if the record belongs to the host
 */
record RecordKey(Optional<AccountId> account, RecordKind kind, String id) {

  /** The order in which a transaction locks rows, so that two never deadlock. */
  static final Comparator<RecordKey> ORDER =
      Comparator.comparing(RecordKey::kind)
          .thenComparing(RecordKey::accountColumn)
          .thenComparing(RecordKey::id);

  static RecordKey of(AccountRecord record) {
    return new RecordKey(record.account(), record.kind(), record.id());
  }

  /** Returns what the table has as account: that of the host is empty, which is no account's id. */
  String accountColumn() {
    return column(account);
  }

  static String column(Optional<AccountId> account) {
    return account.map(AccountId::value).orElse("");
  }

  boolean fits() {
    return Key.fits(accountColumn());
  }
}
