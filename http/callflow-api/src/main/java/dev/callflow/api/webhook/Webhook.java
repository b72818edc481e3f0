package dev.callflow.api.webhook;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where events of an account are delivered, as its document says.
 *
 * @param account the account
 * @param id the document's id
 * @param target the URL that receives the events; it may contain secrets of the receiver
 * @param events the names of the events to deliver; empty for all
 * @param enabled whether events are delivered
 * @param secret the key of the signatures; empty if deliveries have none
 * @param customData what each delivery contains unchanged
 */
public record Webhook(
    AccountId account,
    String id,
    URI target,
    Set<String> events,
    boolean enabled,
    Optional<String> secret,
    Optional<ObjectNode> customData) {

  /** The hook that stands for all events. */
  static final String ALL = "conference";

  /** Copies the set. */
  public Webhook {
    events = Set.copyOf(events);
  }

  /**
   * Reads a document.
   *
   * @param account the account that owns the document
   * @param document the document
   * @return the webhook; empty if the document is not valid, which the API does not let happen, but
   *     an editor of files does
   */
  public static Optional<Webhook> of(AccountId account, Document document) {
    ObjectNode body = document.body();
    return WebhookSchema.violations(body).isEmpty()
        ? Optional.of(
            new Webhook(
                account,
                document.id(),
                URI.create(body.path("uri").asString()),
                events(body),
                body.path("enabled").asBoolean(true),
                Json.text(body, "secret"),
                Json.object(body, "custom_data")))
        : Optional.empty();
  }

  private static Set<String> events(ObjectNode body) {
    String hook = body.path("hook").asString(ALL);
    return hook.equals(ALL)
        ? body.path("events").valueStream().map(JsonNode::asString).collect(Collectors.toSet())
        : Set.copyOf(List.of(hook));
  }

  /**
   * Returns whether an event is delivered.
   *
   * @param event an event of the account
   * @return whether it is delivered
   */
  public boolean wants(ConferenceEvent event) {
    return enabled && (events.isEmpty() || events.contains(event.name()));
  }

  /** Omits the target and the secret. */
  @Override
  public String toString() {
    return "webhook " + account + "/" + id;
  }
}
