package dev.callflow.api.delivery;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** The log of deliveries, which is kept for a week and has a bound for each account. */
final class DeliveryLog {

  private static final Duration KEPT = Duration.ofDays(7);
  private static final int MAX_PER_ACCOUNT = 10_000;

  /** After how many attempts old ones are removed. */
  private static final int PRUNED_AFTER = 1_000;

  private final RecordStore records;
  private final TimeSource time;
  private final DeliveryIds ids;
  private final AtomicInteger added = new AtomicInteger();

  DeliveryLog(RecordStore records, TimeSource time, DeliveryIds ids) {
    this.records = records;
    this.time = time;
    this.ids = ids;
  }

  void add(Attempt attempt) {
    put(attempt.hook().account(), attempt.hook().id(), attempt.at(), attempt.json());
  }

  /** Adds that deliveries have been dropped. */
  void dropped(AccountId account, String hook, int count, String reason) {
    Instant now = time.now();
    ObjectNode json = Json.object();
    json.put("webhook_id", hook);
    json.put("delivery_id", "");
    json.put("event", "");
    json.put("attempt", 0);
    json.put("result", "dropped");
    json.put("count", count);
    json.put("error", reason);
    json.put("timestamp", GregorianTime.of(now));
    put(account, hook, now, json);
  }

  private void put(AccountId account, String hook, Instant at, ObjectNode json) {
    records.put(
        new AccountRecord(Optional.of(account), RecordKind.DELIVERY, ids.next(), hook, at, json));
    if (added.incrementAndGet() >= PRUNED_AFTER) {
      prune();
    }
  }

  void prune() {
    added.set(0);
    records.prune(RecordKind.DELIVERY, time.now().minus(KEPT), MAX_PER_ACCOUNT);
  }
}
