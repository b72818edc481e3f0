package dev.callflow.api.call;

import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Node;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers at which node of its callflow each call is. Add it to a host as an observer, and to its
 * API, which then answers {@code GET /v2/accounts/{account}/calls}.
 *
 * <p>Safe for use by any thread; never blocks. Remembers at most 20,000 calls; further ones are not
 * listed.
 */
public final class CallPlaces implements CallObserver {

  private static final int MAX = 20_000;

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

  /**
   * A call at a node.
   *
   * @param call the call
   * @param callflow the id of the callflow; empty if it is not stored
   * @param node the node
   * @param since when the call came to the node
   */
  record Place(Call call, String callflow, Node.Action node, Instant since) {}

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

  /** Returns the calls of an account, those first that came to their node first. */
  List<Place> of(AccountId account) {
    return places.values().stream()
        .filter(place -> place.call().account().equals(account))
        .sorted(
            Comparator.comparing(Place::since).thenComparing(place -> place.call().id().value()))
        .toList();
  }
}
