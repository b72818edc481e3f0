package dev.callflow.api;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.route.ApiOperation;
import java.util.List;

/** The calls of an account, each with the node that it is at. */
final class CallResource {

  private final CallPlaces places;

  CallResource(CallPlaces places) {
    this.places = places;
  }

  List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
            "GET",
            "/v2/accounts/{account}/calls",
            Scope.READ,
            call -> Answer.ok(places.list(call.account()))));
  }
}
