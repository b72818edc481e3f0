package dev.callflow.api.conference;

import dev.callflow.api.access.Login;
import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.event.StreamRequest;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import dev.callflow.core.document.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Opens event streams of accounts (docs/spec/events.md). */
public final class EventStreamResource {

  /** The header by which a client that returns continues. */
  static final String LAST_EVENT = "Last-Event-ID";

  /** Creates the resource. */
  public EventStreamResource() {}

  /**
   * Returns the operation.
   *
   * @return the operation
   */
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/v2/accounts/{account}/events",
                Scope.READ,
                call ->
                    follow(
                        call.account(),
                        Optional.empty(),
                        call.request().header(LAST_EVENT),
                        call.client()))
            .taking(Parameters.OWN));
  }

  /**
   * Opens an event stream.
   *
   * @param account the account
   * @param conference the conference's id; empty for all conferences
   * @param lastSeen the id of the last event that the client has received, if the request has it
   * @param login the access and token of the client
   * @return the stream, or a refusal of an id that is not one
   */
  static Answer follow(
      AccountId account, Optional<String> conference, Optional<String> lastSeen, Login login) {
    if (lastSeen.filter(id -> !id.matches("\\d{1,18}")).isPresent()) {
      return Violations.of(LAST_EVENT, "pattern", "must be the id of an event");
    }
    OptionalLong from = lastSeen.stream().mapToLong(Long::parseLong).findFirst();
    return new Answer.Events(new StreamRequest(account, conference, from, login));
  }
}
