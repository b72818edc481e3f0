package dev.callflow.api.conference;

import dev.callflow.api.access.Login;
import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.event.StreamRequest;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.ParameterRule;
import dev.callflow.api.route.Parameters;
import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.kazoo.ControlReply;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Running conferences: their participants, events and actions
 * (docs/spec/api.md#conference-actions).
 */
public final class ConferenceResource {

  /** Query parameters that do not become variables of the dialled legs. */
  private static final Set<String> NOT_VARIABLES = Set.of("action", "verb", "auth_token");

  private final Conferences conferences;
  private final Consumer<ControlRequest> performed;
  private final ConferenceJson json;

  /**
   * Creates the resource.
   *
   * @param conferences the conferences
   * @param time the time source
   * @param performed the listener for performed actions, called on the thread of the request
   */
  public ConferenceResource(
      Conferences conferences, TimeSource time, Consumer<ControlRequest> performed) {
    this.conferences = conferences;
    this.performed = performed;
    json = new ConferenceJson(conferences, time);
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    Parameters action = Parameters.KAZOO.with("action", ParameterRule.NOT_EMPTY);
    String one = "/v2/accounts/{account}/conferences/{conference}";
    String participants = one + "/participants";
    String participant = participants + "/{participant}";
    return List.of(
        ApiOperation.of(
            "PUT",
            one,
            Scope.CONTROL,
            call -> act(call.account(), call.value("conference"), Action.of(call))),
        ApiOperation.of(
                "GET",
                participants,
                Scope.READ,
                call -> participants(call.account(), call.value("conference")))
            .taking(Parameters.KAZOO),
        ApiOperation.of(
                "PUT",
                participants,
                Scope.CONTROL,
                call -> actOnAll(call.account(), call.value("conference"), Action.of(call)))
            .taking(action),
        ApiOperation.of(
                "GET",
                participant,
                Scope.READ,
                call ->
                    participant(
                        call.account(), call.value("conference"), call.value("participant")))
            .taking(Parameters.KAZOO),
        ApiOperation.of(
                "PUT",
                participant,
                Scope.CONTROL,
                call ->
                    actOnOne(
                        call.account(),
                        call.value("conference"),
                        call.value("participant"),
                        Action.of(call)))
            .taking(action),
        ApiOperation.of(
                "GET",
                one + "/events",
                Scope.READ,
                call ->
                    events(
                        call.account(),
                        call.value("conference"),
                        call.request().header("Last-Event-ID"),
                        call.client()))
            .taking(Parameters.OWN));
  }

  /**
   * An action that a client requests.
   *
   * @param name the name, such as {@code mute}; empty if the request contains none
   * @param data the arguments
   * @param query the query parameters of the request
   * @param idempotencyKey the key by which a repeated request is recognised
   */
  public record Action(
      String name, ObjectNode data, Map<String, String> query, Optional<String> idempotencyKey) {

    private static Action of(ApiCall call) {
      return new Action(
          call.envelope()
              .action()
              .or(() -> Optional.ofNullable(call.query().get("action")))
              .orElse(""),
          call.envelope().actionData(),
          call.query(),
          call.request().header("Idempotency-Key"));
    }
  }

  /**
   * Lists the participants, and the callers who wait for a moderator.
   *
   * @param account the account
   * @param conference the conference's id
   * @return the participants; an empty list if the conference is not running
   */
  public Answer participants(AccountId account, String conference) {
    Optional<Conference> found = conferences.find(account, conference);
    return found.isEmpty()
        ? Answer.notFound(conference)
        : Answer.ok(
            found.get().view().map(json::participants).orElseGet(ConferenceJson::noParticipants));
  }

  /**
   * Returns one participant or waiting caller.
   *
   * @param account the account
   * @param conference the conference's id
   * @param id the call id or the member id of the participant
   * @return the participant
   */
  public Answer participant(AccountId account, String conference, String id) {
    Optional<Conference> found = conferences.find(account, conference);
    if (found.isEmpty()) {
      return Answer.notFound(conference);
    }
    Optional<RoomView> view = found.get().view();
    return view.map(RoomView::participants).orElse(List.of()).stream()
        .filter(member -> is(member, id))
        .findFirst()
        .map(member -> json.participant(view.orElseThrow(), member))
        .or(() ->
            view.flatMap(shown ->
                shown.waiting().stream()
                    .filter(caller -> caller.call().value().equals(id))
                    .findFirst()
                    .map(caller -> json.waiting(shown, caller))))
        .map(Answer::ok)
        .orElseGet(() -> Answer.notFound(id));
  }

  /**
   * Opens the event stream of a conference.
   *
   * @param account the account
   * @param conference the conference's id
   * @param lastSeen the version of the last event that the client has received, if the request
   *     contains it
   * @param login the access and token of the client
   * @return the event stream
   */
  public Answer events(
      AccountId account, String conference, Optional<String> lastSeen, Login login) {
    if (conferences.find(account, conference).isEmpty()) {
      return Answer.notFound(conference);
    }
    if (lastSeen.filter(id -> !id.matches("\\d{1,18}")).isPresent()) {
      return Violations.of("Last-Event-ID", "pattern", "must be the version of an event");
    }
    OptionalLong from = lastSeen.stream().mapToLong(Long::parseLong).findFirst();
    return new Answer.Events(new StreamRequest(new RoomId(account, conference), from, login));
  }

  private static boolean is(Member member, String id) {
    return member.call().value().equals(id) || String.valueOf(member.number()).equals(id);
  }

  /**
   * Performs an action on a conference as a whole. Blocks until the action is complete; a dial
   * blocks until the dialled legs are answered or have stopped ringing.
   *
   * @param account the account
   * @param conference the conference's id
   * @param action the action
   * @return the outcome
   */
  public Answer act(AccountId account, String conference, Action action) {
    if (action.name().equals("dial")) {
      addVariables(action);
    }
    return perform(account, conference, new ControlRequest.Target.Conference(), action);
  }

  /**
   * Performs an action on all participants. Blocks until the action is complete.
   *
   * @param account the account
   * @param conference the conference's id
   * @param action the action
   * @return the outcome
   */
  public Answer actOnAll(AccountId account, String conference, Action action) {
    return perform(account, conference, new ControlRequest.Target.Participants(), action);
  }

  /**
   * Performs an action on one participant. Blocks until the action is complete.
   *
   * @param account the account
   * @param conference the conference's id
   * @param id the call id or the member id of the participant
   * @param action the action
   * @return the outcome
   */
  public Answer actOnOne(AccountId account, String conference, String id, Action action) {
    return perform(account, conference, new ControlRequest.Target.Participant(id), action);
  }

  /**
   * Adds the query parameters to the variables of the dialled legs; they override variables of the
   * same name in the body (docs/spec/api.md#dial).
   */
  private static void addVariables(Action action) {
    action
        .query()
        .forEach((name, value) -> {
          if (!NOT_VARIABLES.contains(name)) {
            Json.object(action.data(), "custom_application_vars")
                .orElseGet(() -> action.data().putObject("custom_application_vars"))
                .put(name, value);
          }
        });
  }

  private Answer perform(
      AccountId account, String conference, ControlRequest.Target target, Action action) {
    if (action.name().isEmpty()) {
      return Answer.refused(FailureCode.FAULTY_REQUEST, "missing required property \"action\"");
    }
    Optional<Answer> badKey = action.idempotencyKey().flatMap(Violations::ofIdempotencyKey);
    if (badKey.isPresent()) {
      return badKey.get();
    }
    ControlRequest request =
        new ControlRequest(
            new RoomId(account, conference),
            target,
            action.name(),
            action.data(),
            action.idempotencyKey());
    return switch (conferences.control(request)) {
      case ControlReply.Ok(JsonNode data) -> {
        performed.accept(request);
        yield Answer.accepted(data);
      }
      case ControlReply.Unknown(String reason) -> Answer.refused(FailureCode.UNAVAILABLE, reason);
      case ControlReply.Refused(ControlReply.Reason reason, JsonNode data) ->
          new Answer.Refused(failure(reason), data);
    };
  }

  private static FailureCode failure(ControlReply.Reason reason) {
    return switch (reason) {
      case BAD_IDENTIFIER -> FailureCode.BAD_IDENTIFIER;
      case FAULTY_REQUEST -> FailureCode.FAULTY_REQUEST;
      case LIMIT -> FailureCode.TOO_MANY_REQUESTS;
      case VALIDATION_ERROR -> FailureCode.VALIDATION;
    };
  }
}
