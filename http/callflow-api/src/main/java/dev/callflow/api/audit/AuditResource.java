package dev.callflow.api.audit;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** Lists changes and actions of clients (docs/spec/api.md#audit). */
public final class AuditResource {

  private final RecordStore records;

  /**
   * Creates the resource.
   *
   * @param records the store of the audit
   */
  public AuditResource(RecordStore records) {
    this.records = records;
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return Stream.of(
            ApiOperation.of(
                "GET",
                "/v2/accounts/{account}/audit",
                Scope.ADMIN,
                call -> list(new RecordQuery.Owner.OfAccount(call.account()), call)),
            ApiOperation.of("GET", "/v2/audit", Scope.ADMIN, this::ofHost))
        .map(operation -> operation.taking(AuditPage.PARAMETERS))
        .toList();
  }

  private Answer ofHost(ApiCall call) {
    return switch (call.client().access()) {
      case Access.SuperAdmin all -> list(new RecordQuery.Owner.OfHost(), call);
      case Access.OfAccount one ->
          Answer.refused(FailureCode.FORBIDDEN, "the token does not give access to all accounts");
    };
  }

  private Answer list(RecordQuery.Owner owner, ApiCall call) {
    return switch (AuditPage.read(owner, call.query())) {
      case AuditPage.Bad(Answer refusal) -> refusal;
      case AuditPage.Good(RecordQuery query) -> list(query);
    };
  }

  private Answer list(RecordQuery query) {
    List<AccountRecord> found = records.list(query);
    ArrayNode rows = Json.object().arrayNode();
    found.forEach(record -> rows.add(AuditEntry.describe(record)));
    Map<String, JsonNode> page = new HashMap<>();
    page.put("page_size", IntNode.valueOf(rows.size()));
    if (found.size() == query.limit()) {
      page.put("next_start_key", StringNode.valueOf(AuditPage.after(found.getLast())));
    }
    return new Answer.Done(200, rows, Optional.empty(), page);
  }
}
