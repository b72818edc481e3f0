package dev.callflow.api.delivery;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.core.document.Json;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of the log of deliveries.
 *
 * @param hook the webhook
 * @param delivery the delivery
 * @param outcome how the attempt went
 * @param at when it began
 * @param next when the next attempt is due; empty if there is none
 */
record Attempt(
    Webhook hook, Delivery delivery, Outcome outcome, Instant at, Optional<Instant> next) {

  /** The seconds from the year 0 to 1970, which Kazoo's times begin with. */
  private static final long YEAR_0 = 62_167_219_200L;

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("webhook_id", hook.id());
    json.put("delivery_id", delivery.id());
    json.put("event", delivery.event());
    json.put("attempt", delivery.attempt());
    json.put("result", outcome.arrived() ? "success" : "failure");
    outcome.status().ifPresent(status -> json.put("response_code", status));
    outcome.error().ifPresent(error -> json.put("error", error));
    json.put("milliseconds", outcome.took().toMillis());
    next.ifPresent(it -> json.put("next_attempt", seconds(it)));
    json.put("timestamp", seconds(at));
    return json;
  }

  static long seconds(Instant time) {
    return time.getEpochSecond() + YEAR_0;
  }
}
