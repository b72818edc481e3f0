package dev.callflow.api.history;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.conference.Conferences;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The history of conferences and calls (docs/spec/api.md#history). */
public final class HistoryResource {

  private static final List<String> BY_CONFERENCE = List.of(HistoryQuery.CONFERENCE);

  private final RecordStore records;
  private final Conferences conferences;

  /**
   * Creates the resource.
   *
   * @param records the store in which a host keeps the history
   * @param conferences the conferences that are stored or running
   */
  public HistoryResource(RecordStore records, Conferences conferences) {
    this.records = records;
    this.conferences = conferences;
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    String account = "/v2/accounts/{account}";
    String runs = account + "/history/conferences";
    return List.of(
        ApiOperation.of(
            "GET", account + "/conferences/{conference}/history", Scope.READ, this::ofConference),
        ApiOperation.of(
            "GET", runs, Scope.READ, call -> page(call, RecordKind.CONFERENCE, BY_CONFERENCE)),
        ApiOperation.of("GET", runs + "/{run}", Scope.READ, this::run),
        ApiOperation.of("GET", runs + "/{run}/participants", Scope.READ, this::participants),
        ApiOperation.of(
            "GET",
            account + "/history/refusals",
            Scope.READ,
            call -> page(call, RecordKind.REFUSAL, BY_CONFERENCE)),
        ApiOperation.of("GET", account + "/history/recordings", Scope.READ, this::recordings),
        ApiOperation.of(
            "GET",
            account + "/history/calls",
            Scope.READ,
            call -> page(call, RecordKind.CALL, List.of())));
  }

  /**
   * Lists recordings.
   *
   * @param call the request, whose query names the page
   * @return the rows and the start of the next page
   */
  public Answer recordings(ApiCall call) {
    return page(call, RecordKind.RECORDING, BY_CONFERENCE);
  }

  /**
   * Returns the JSON object that shows a record.
   *
   * @param record the record
   * @return the object
   */
  public static ObjectNode shown(AccountRecord record) {
    return row(record);
  }

  private Answer ofConference(ApiCall call) {
    AccountId account = call.account();
    String conference = call.value("conference");
    boolean isKnown =
        !records
                .list(RecordQuery.newest(account, RecordKind.CONFERENCE, 1).subject(conference))
                .isEmpty()
            || conferences.find(account, conference).isPresent();
    return isKnown
        ? page(call, RecordKind.CONFERENCE, List.of(), Optional.of(conference))
        : Answer.notFound(conference);
  }

  private Answer participants(ApiCall call) {
    return find(call).isPresent()
        ? page(call, RecordKind.PARTICIPANT, List.of(), Optional.of(call.value("run")))
        : Answer.notFound(call.value("run"));
  }

  private Answer run(ApiCall call) {
    Optional<AccountRecord> found = find(call);
    if (found.isEmpty()) {
      return Answer.notFound(call.value("run"));
    }
    AccountRecord run = found.get();
    ObjectNode json = row(run);
    json.set("participants", rows(newest(call, RecordKind.PARTICIPANT, run.id()), any -> true));
    json.set(
        "recordings",
        rows(
            during(run, newest(call, RecordKind.RECORDING, run.subject())),
            record -> record.body().path("run").asString("").equals(run.id())));
    json.set(
        "refusals",
        rows(during(run, newest(call, RecordKind.REFUSAL, run.subject())), any -> true));
    return Answer.ok(json);
  }

  private static RecordQuery during(AccountRecord run, RecordQuery query) {
    Optional<Instant> end =
        Optional.of(run.body().path("ended"))
            .filter(JsonNode::isNumber)
            .map(ended -> GregorianTime.toInstant(ended.asLong()).plusSeconds(1));
    return query.between(Optional.of(run.at()), end);
  }

  private Optional<AccountRecord> find(ApiCall call) {
    return records.find(Optional.of(call.account()), RecordKind.CONFERENCE, call.value("run"));
  }

  private static RecordQuery newest(ApiCall call, RecordKind kind, String subject) {
    return RecordQuery.newest(call.account(), kind, RecordQuery.MAX_LIMIT).subject(subject);
  }

  private ArrayNode rows(RecordQuery query, Predicate<AccountRecord> filter) {
    ArrayNode rows = Json.object().arrayNode();
    records.list(query).stream().filter(filter).forEach(record -> rows.add(row(record)));
    return rows;
  }

  private Answer page(ApiCall call, RecordKind kind, List<String> filters) {
    return page(call, kind, filters, Optional.empty());
  }

  private Answer page(
      ApiCall call, RecordKind kind, List<String> filters, Optional<String> subject) {
    return switch (HistoryQuery.parse(call.query(), filters)) {
      case HistoryQuery.Parsed.Bad(Answer answer) -> answer;
      case HistoryQuery.Parsed.Good(HistoryQuery query) ->
          page(query, query.of(call.account(), kind, subject.or(query::conference)));
    };
  }

  private Answer page(HistoryQuery query, RecordQuery wanted) {
    List<AccountRecord> found = records.list(wanted);
    List<AccountRecord> shown = found.stream().limit(query.size()).toList();
    ArrayNode rows = Json.object().arrayNode();
    shown.forEach(record -> rows.add(row(record)));
    Map<String, JsonNode> page = new HashMap<>();
    page.put("page_size", IntNode.valueOf(rows.size()));
    query.after().ifPresent(at -> page.put("start_key", key(at)));
    // The store returns no more rows than the largest page has, so a page may follow that one.
    if (found.size() > shown.size() || shown.size() == RecordQuery.MAX_LIMIT) {
      AccountRecord last = shown.getLast();
      page.put("next_start_key", key(new RecordQuery.Position(last.at(), last.id())));
    }
    return new Answer.Done(200, rows, Optional.empty(), page);
  }

  private static JsonNode key(RecordQuery.Position position) {
    return StringNode.valueOf(HistoryQuery.key(position));
  }

  private static ObjectNode row(AccountRecord record) {
    ObjectNode row = Json.object().put("id", record.id());
    row.setAll(record.body());
    return row;
  }
}
