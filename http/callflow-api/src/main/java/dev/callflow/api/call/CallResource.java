package dev.callflow.api.call;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** The calls of an account, each with the node that it is at. */
public final class CallResource {

  /** The number of seconds from the start of the year 0, when Kazoo's timestamps begin, to 1970. */
  private static final long GREGORIAN = 62_167_219_200L;

  private static final int MAX_ROWS = 1_000;

  private final CallPlaces places;

  /**
   * Creates the resource.
   *
   * @param places where the calls are
   */
  public CallResource(CallPlaces places) {
    this.places = places;
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
            "GET",
            "/v2/accounts/{account}/calls",
            Scope.READ,
            call -> Answer.ok(list(call.account()))));
  }

  private ArrayNode list(AccountId account) {
    ArrayNode rows = Json.object().arrayNode();
    places.of(account).stream()
        .limit(MAX_ROWS)
        .forEach(place ->
            rows.addObject()
                .put("call_id", place.call().id().value())
                .put("caller_id_name", place.call().incoming().callerName())
                .put("caller_id_number", place.call().incoming().callerNumber())
                .put("number", place.call().incoming().number())
                .put("callflow_id", place.callflow())
                .put("node", place.node().path().toString())
                .put("module", place.node().module())
                .put("node_time", place.since().getEpochSecond() + GREGORIAN));
    return rows;
  }
}
