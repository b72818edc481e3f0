package dev.callflow.api.document;

import dev.callflow.api.webhook.WebhookSchema;
import dev.callflow.api.webhook.Webhooks;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Violation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** Documents of webhooks. */
public final class WebhookKind implements Kind {

  private final Optional<Webhooks> deliveries;

  /**
   * Creates the kind.
   *
   * @param deliveries decides which targets are allowed; empty if the host delivers no events
   */
  public WebhookKind(Optional<Webhooks> deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public ObjectNode complete(ObjectNode body) {
    return WebhookSchema.complete(body);
  }

  @Override
  public Findings check(String id, ObjectNode body) {
    List<Violation> violations = new ArrayList<>(WebhookSchema.violations(body));
    if (violations.isEmpty()) {
      deliveries
          .flatMap(it -> it.refusal(URI.create(body.path("uri").asString())))
          .map(reason ->
              new Violation(JsonPointer.compile("/uri"), "forbidden", Optional.empty(), reason))
          .ifPresent(violations::add);
    }
    return new Findings(violations, List.of());
  }

  @Override
  public int maximum() {
    return WebhookSchema.MAX_PER_ACCOUNT;
  }

  @Override
  public List<String> writeOnly() {
    return List.of("secret");
  }

  @Override
  public List<String> listed() {
    return List.of(
        "name",
        "uri",
        "hook",
        "events",
        "enabled",
        WebhookSchema.DISABLED_REASON,
        WebhookSchema.DISABLED_AT);
  }

  @Override
  public Rows rows(AccountId account) {
    return (id, row) -> false;
  }

  @Override
  public Optional<Running> running(AccountId account) {
    return Optional.empty();
  }

  @Override
  public boolean addLive(AccountId account, String id, ObjectNode document) {
    return false;
  }
}
