package dev.callflow.api.token;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import dev.callflow.core.document.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Issues tickets for WebSockets and event streams (docs/spec/api.md#tokens). */
public final class TicketResource {

  private final Tickets tickets;

  /**
   * Creates the resource.
   *
   * @param tickets the tickets
   */
  public TicketResource(Tickets tickets) {
    this.tickets = tickets;
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of("PUT", "/v2/accounts/{account}/tickets", Scope.READ, this::issue)
            .taking(Parameters.OWN));
  }

  private Answer issue(ApiCall call) {
    return tickets
        .issue(call.client())
        .<Answer>map(ticket ->
            new Answer.Done(
                201,
                Json.object().put("id", ticket).put("expires_in", Tickets.LIFETIME.toSeconds()),
                Optional.empty(),
                Map.of()))
        .orElseGet(() ->
            Answer.refused(
                FailureCode.TOO_MANY_REQUESTS, "too many tickets were issued for this token"));
  }
}
