package dev.callflow.api.document;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import dev.callflow.api.webhook.WebhookSchema;
import dev.callflow.api.webhook.Webhooks;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Switches webhooks on again, without the failures for which the host has switched them off, so
 * that their first failure afterwards is not the last of the old ones.
 */
public final class WebhookSwitch {

  private static final String ALL = "/v2/accounts/{account}/" + DocumentType.WEBHOOK.collection();
  private static final String REENABLE = "re-enable";
  private static final String ENABLED = "enabled";

  private final DocumentStore store;
  private final DocumentResource documents;
  private final Optional<Webhooks> deliveries;

  /**
   * Creates the switch.
   *
   * @param store the store that holds the webhooks
   * @param documents changes the webhooks
   * @param deliveries what delivers events; empty if the host delivers none
   */
  public WebhookSwitch(
      DocumentStore store, DocumentResource documents, Optional<Webhooks> deliveries) {
    this.store = store;
    this.documents = documents;
    this.deliveries = deliveries;
  }

  /**
   * Puts the switch around an operation that changes a webhook.
   *
   * @param operation an operation
   * @return the changed operation; the same one if it does not change webhooks
   */
  public ApiOperation around(ApiOperation operation) {
    boolean changes = operation.verb().equals("POST") || operation.verb().equals("PATCH");
    if (!changes || !operation.path().equals(ALL + "/{id}")) {
      return operation;
    }
    ApiOperation.Handler inner = operation.handler();
    return operation.answeredBy(call -> changed(call, inner));
  }

  private Answer changed(ApiCall call, ApiOperation.Handler inner) {
    boolean wasOff =
        store
            .find(call.account(), DocumentType.WEBHOOK, call.value("id"))
            .filter(document -> !isOn(document.body()))
            .isPresent();
    Answer answer = inner.answer(call);
    if (wasOff && answer instanceof Answer.Done done && isOn(done.data())) {
      deliveries.ifPresent(it -> it.switchedOn(call.account(), call.value("id")));
    }
    return answer;
  }

  private static boolean isOn(JsonNode webhook) {
    return webhook.path(ENABLED).asBoolean(true);
  }

  /**
   * Returns Kazoo's operation on all webhooks of an account at once.
   *
   * @return the operation
   */
  public ApiOperation operation() {
    return ApiOperation.of(
            "PATCH", ALL, Scope.ADMIN, call -> call.withData(data -> reenable(call, data)))
        .taking(Parameters.KAZOO);
  }

  private Answer reenable(ApiCall call, ObjectNode data) {
    if (!data.has(REENABLE)) {
      return Violations.of(REENABLE, "required", "is required to change all webhooks at once");
    }
    if (!data.get(REENABLE).isBoolean() || !data.get(REENABLE).asBoolean()) {
      return Violations.of(REENABLE, "enum", "must be true");
    }
    Optional<Answer> refusal = Optional.empty();
    for (String id : switchedOffByHost(call.account())) {
      ObjectNode change = Json.object().put(ENABLED, true);
      Answer answer =
          documents.patch(call.account(), DocumentType.WEBHOOK, id, change, Optional.empty());
      if (answer instanceof Answer.Refused) {
        refusal = refusal.or(() -> Optional.of(answer));
      } else {
        deliveries.ifPresent(it -> it.switchedOn(call.account(), id));
      }
    }
    return refusal.orElseGet(() -> Answer.ok(StringNode.valueOf("hooks updated")));
  }

  private List<String> switchedOffByHost(AccountId account) {
    return store.all(account, DocumentType.WEBHOOK).stream()
        .filter(document -> !isOn(document.body()))
        .filter(document -> document.body().has(WebhookSchema.DISABLED_REASON))
        .map(document -> document.id())
        .toList();
  }
}
