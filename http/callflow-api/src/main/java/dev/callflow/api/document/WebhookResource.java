package dev.callflow.api.document;

import dev.callflow.api.access.RateLimit;
import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.ParameterRule;
import dev.callflow.api.route.Parameters;
import dev.callflow.api.webhook.Webhook;
import dev.callflow.api.webhook.Webhooks;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** What webhooks have besides their documents: the log of deliveries, and tests. */
public final class WebhookResource {

  private static final int DEFAULT_PAGE_SIZE = 50;
  private static final int TESTS = 10;

  /** A time in milliseconds and an id. */
  private static final Pattern START = Pattern.compile("(\\d{1,15})-([\\w-]{1,128})");

  private static final Parameters PAGE =
      Parameters.KAZOO
          .with("page_size", ParameterRule.COUNT)
          .with(
              "start_key",
              new ParameterRule(
                  "the next_start_key of another page", key -> START.matcher(key).matches()));

  private final DocumentStore store;
  private final RecordStore records;
  private final Optional<Webhooks> deliveries;
  private final RateLimit tests;

  /**
   * Creates the resource.
   *
   * @param store the store that holds the webhooks
   * @param records the store that holds the log
   * @param deliveries what delivers events; without it, tests are refused with 501
   * @param time the time source
   */
  public WebhookResource(
      DocumentStore store, RecordStore records, Optional<Webhooks> deliveries, TimeSource time) {
    this.store = store;
    this.records = records;
    this.deliveries = deliveries;
    // A test makes the host send a request to a target of the client's choice and wait for it.
    tests = new RateLimit(TESTS, TESTS, Duration.ofMinutes(1), time);
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    String all = "/v2/accounts/{account}/webhooks";
    return List.of(
        ApiOperation.of(
                "GET",
                all + "/attempts",
                Scope.ADMIN,
                call -> attempts(call.account(), Optional.empty(), call.query()))
            .taking(PAGE),
        ApiOperation.of(
                "GET",
                all + "/{id}/attempts",
                Scope.ADMIN,
                call -> attempts(call.account(), Optional.of(call.value("id")), call.query()))
            .taking(PAGE),
        ApiOperation.of(
                "PUT",
                all + "/{id}/test",
                Scope.ADMIN,
                call -> test(call.account(), call.value("id")))
            .taking(Parameters.OWN));
  }

  private Answer attempts(AccountId account, Optional<String> id, Map<String, String> query) {
    if (id.isPresent() && store.find(account, DocumentType.WEBHOOK, id.get()).isEmpty()) {
      return Answer.notFound(id.get());
    }
    Optional<String> start = Optional.ofNullable(query.get("start_key"));
    Optional<RecordQuery.Position> after = start.flatMap(WebhookResource::position);
    int size = size(query);
    RecordQuery newest = RecordQuery.newest(account, RecordKind.DELIVERY, size);
    List<AccountRecord> found = records.list(id.map(newest::subject).orElse(newest).after(after));
    ArrayNode rows = Json.object().arrayNode();
    found.forEach(record -> rows.add(record.body()));
    Map<String, JsonNode> page = new HashMap<>();
    page.put("page_size", IntNode.valueOf(found.size()));
    start.ifPresent(it -> page.put("start_key", StringNode.valueOf(it)));
    if (found.size() == size) {
      AccountRecord last = found.getLast();
      page.put("next_start_key", StringNode.valueOf(last.at().toEpochMilli() + "-" + last.id()));
    }
    return new Answer.Done(200, rows, Optional.empty(), page);
  }

  private static Optional<RecordQuery.Position> position(String key) {
    Matcher parts = START.matcher(key);
    return parts.matches()
        ? Optional.of(
            new RecordQuery.Position(
                Instant.ofEpochMilli(Long.parseLong(parts.group(1))), parts.group(2)))
        : Optional.empty();
  }

  private static int size(Map<String, String> query) {
    String size = query.getOrDefault("page_size", "");
    return size.matches("\\d{1,6}")
        ? Math.clamp(Integer.parseInt(size), 1, RecordQuery.MAX_LIMIT)
        : DEFAULT_PAGE_SIZE;
  }

  private Answer test(AccountId account, String id) {
    Optional<Document> document = store.find(account, DocumentType.WEBHOOK, id);
    if (document.isEmpty()) {
      return Answer.notFound(id);
    }
    if (deliveries.isEmpty()) {
      return Answer.refused(
          FailureCode.NOT_IMPLEMENTED, "this host delivers no events to webhooks");
    }
    Optional<Webhook> hook = Webhook.of(account, document.get());
    if (hook.isEmpty()) {
      return Violations.of("uri", "invalid", "the document of the webhook is not valid");
    }
    if (!tests.take(account.value()).allowed()) {
      return Answer.refused(
          FailureCode.TOO_MANY_REQUESTS,
          "too many tests of webhooks: an account may request " + TESTS + " a minute");
    }
    return Answer.accepted(deliveries.get().test(hook.get()));
  }
}
