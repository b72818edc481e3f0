package dev.callflow.api.event;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.route.Endpoint;
import java.util.List;

/** The clients that are connected to receive events (docs/spec/api.md#routes). */
public final class SubscriberResource {

  private final EventHub hub;

  /**
   * Creates the resource.
   *
   * @param hub the hub that the clients are connected to
   */
  public SubscriberResource(EventHub hub) {
    this.hub = hub;
  }

  /**
   * Returns the endpoints.
   *
   * @return the endpoints
   */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            "GET",
            "/v2/websockets",
            Scope.READ,
            call -> Answer.ok(hub.list(call.client().access()))),
        Endpoint.of(
            "GET",
            "/v2/accounts/{account}/websockets",
            Scope.READ,
            call -> Answer.ok(hub.list(call.account()))),
        Endpoint.of(
            "GET",
            "/v2/accounts/{account}/websockets/{socket}",
            Scope.READ,
            call ->
                hub.find(call.account(), call.value("socket"))
                    .<Answer>map(Answer::ok)
                    .orElseGet(() -> Answer.notFound(call.value("socket")))));
  }
}
