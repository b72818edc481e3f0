package dev.callflow.api.delivery;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.GregorianTime;
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
    Webhook hook,
    PendingDelivery delivery,
    AttemptOutcome outcome,
    Instant at,
    Optional<Instant> next) {

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
    next.ifPresent(it -> json.put("next_attempt", GregorianTime.of(it)));
    json.put("timestamp", GregorianTime.of(at));
    return json;
  }
}
