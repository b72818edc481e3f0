package dev.callflow.api;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.event.EventHub;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import java.util.List;

/** The clients that are connected to receive events (docs/spec/api.md#routes). */
final class SubscriberResource {

  private final EventHub hub;

  SubscriberResource(EventHub hub) {
    this.hub = hub;
  }

  List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/v2/websockets",
                Scope.READ,
                call -> Answer.ok(hub.list(call.client().access())))
            .taking(Parameters.KAZOO),
        ApiOperation.of(
                "GET",
                "/v2/accounts/{account}/websockets",
                Scope.READ,
                call -> Answer.ok(hub.list(call.account())))
            .taking(Parameters.KAZOO),
        ApiOperation.of(
                "GET",
                "/v2/accounts/{account}/websockets/{socket}",
                Scope.READ,
                call ->
                    hub.find(call.account(), call.value("socket"))
                        .<Answer>map(Answer::ok)
                        .orElseGet(() -> Answer.notFound(call.value("socket"))))
            .taking(Parameters.KAZOO));
  }
}
