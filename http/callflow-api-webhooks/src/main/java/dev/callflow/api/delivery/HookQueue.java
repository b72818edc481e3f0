package dev.callflow.api.delivery;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.record.AccountRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the deliveries that wait for one webhook. The time of the record is when a host
 * should next attempt a delivery; a host that does so moves the time first, so that no other does.
 *
 * @param record the record, which belongs to the host and not to the account
 */
record HookQueue(AccountRecord record) {

  static final String ACCOUNT = "account_id";
  static final String HOOK = "webhook_id";
  static final String FAILURES = "failures";
  static final String FAILING_SINCE = "failing_since";
  static final String WAITING = "waiting";

  AccountId account() {
    return new AccountId(record.body().path(ACCOUNT).asString());
  }

  String hook() {
    return record.body().path(HOOK).asString();
  }

  /** Returns when the next attempt is due. */
  Instant due() {
    return record.at();
  }

  /** Returns how many attempts in a row have failed. */
  int failures() {
    return record.body().path(FAILURES).asInt(0);
  }

  /** Returns when the first of these attempts failed. */
  Optional<Instant> failingSince() {
    return record.body().hasNonNull(FAILING_SINCE)
        ? Optional.of(Instant.ofEpochMilli(record.body().path(FAILING_SINCE).asLong()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "webhook " + account() + "/" + hook();
  }
}
