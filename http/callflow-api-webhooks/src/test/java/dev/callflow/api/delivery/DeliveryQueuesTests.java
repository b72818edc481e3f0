package dev.callflow.api.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.time.TimeSource;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The bound of the deliveries that wait for a webhook. */
class DeliveryQueuesTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final Webhook HOOK =
      new Webhook(
          ACME,
          "hook",
          URI.create("https://example.com/events"),
          Set.of(),
          true,
          Optional.empty(),
          Optional.empty());

  @Test
  void theOldestAreDroppedAndTheLogSaysHowMany() {
    MemoryRecords records = new MemoryRecords();
    TimeSource time = TimeSource.system();
    DeliveryIds ids = new DeliveryIds(time);
    DeliveryQueues backlog = new DeliveryQueues(records, time, new DeliveryLog(records, time, ids));
    List<AccountRecord> deliveries = new ArrayList<>();
    for (int i = 0; i < 5_003; i++) {
      PendingDelivery delivery = new PendingDelivery(ids.next(), "event " + i, Json.object(), 1);
      deliveries.add(DeliveryQueues.record(HOOK, delivery, Instant.ofEpochSecond(1_800_000_000)));
    }
    backlog.add(Map.of(HOOK, deliveries.subList(0, 1)));
    backlog.add(Map.of(HOOK, deliveries.subList(1, 5_003)));

    assertThat(DeliveryQueues.delivery(backlog.next(ACME, "hook", 1).getFirst()).event())
        .isEqualTo("event 3");
    JsonNode dropped =
        records.list(RecordQuery.newest(ACME, RecordKind.DELIVERY, 10)).getFirst().body();
    assertThat(dropped.path("result").asString()).isEqualTo("dropped");
    assertThat(dropped.path("count").asInt()).isEqualTo(3);
  }
}
