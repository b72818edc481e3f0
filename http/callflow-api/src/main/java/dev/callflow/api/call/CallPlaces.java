package dev.callflow.api.call;

import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Node;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Remembers at which node of its callflow each call is. Add it to a host as an observer, and to its
 * API, which then answers {@code GET /v2/accounts/{account}/calls}.
 *
 * <p>Safe for use by any thread; never blocks. Remembers at most 20,000 calls; further ones are not
 * listed.
 */
public final class CallPlaces implements CallObserver {

  private static final int MAX = 20_000;
  private static final int MAX_ROWS = 1_000;

  private final Map<CallId, Place> places = new ConcurrentHashMap<>();
  private final TimeSource time;

  /**
   * Creates an observer that knows no call yet.
   *
   * @param time the time source
   */
  public CallPlaces(TimeSource time) {
    this.time = time;
  }

  /** A call at a node of a callflow, whose id is empty if it is not stored. */
  private record Place(Call call, String callflow, Node.Action node, Instant since) {

    ObjectNode json() {
      return Json.object()
          .put("call_id", call.id().value())
          .put("caller_id_name", call.incoming().callerName())
          .put("caller_id_number", call.incoming().callerNumber())
          .put("number", call.incoming().number())
          .put("callflow_id", callflow)
          .put("node", node.path().toString())
          .put("module", node.module())
          .put("node_time", GregorianTime.of(since));
    }
  }

  @Override
  public void moduleStarted(Call call, String callflow, Node.Action node) {
    if (places.size() < MAX || places.containsKey(call.id())) {
      places.put(call.id(), new Place(call, callflow, node, time.now()));
    }
  }

  @Override
  public void ended(CallRecord call) {
    places.remove(call.id());
  }

  /**
   * Lists the calls of an account as the API shows them (docs/api.md#calls).
   *
   * @param account the account
   * @return at most 1,000 calls, those first that came to their node first
   */
  public ArrayNode list(AccountId account) {
    ArrayNode rows = Json.object().arrayNode();
    places.values().stream()
        .filter(place -> place.call().account().equals(account))
        .sorted(
            Comparator.comparing(Place::since).thenComparing(place -> place.call().id().value()))
        .limit(MAX_ROWS)
        .forEach(place -> rows.add(place.json()));
    return rows;
  }
}
