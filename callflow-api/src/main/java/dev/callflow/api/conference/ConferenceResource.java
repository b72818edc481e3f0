package dev.callflow.api.conference;

import dev.callflow.api.access.Access;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.event.Following;
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

/** Conferences while they run: their participants and actions on them (docs/spec/api.md#dial). */
public final class ConferenceResource {

  /** Parameters of requests that are no variables of dialled calls. */
  private static final Set<String> NO_VARIABLES = Set.of("action", "verb", "auth_token");

  private final Conferences conferences;
  private final Consumer<ControlRequest> performed;
  private final ConferenceJson shown;

  /**
   * Makes the resource.
   *
   * @param conferences the conferences
   * @param time the time source
   * @param performed gets each action that was done, on the thread of the request
   */
  public ConferenceResource(
      Conferences conferences, TimeSource time, Consumer<ControlRequest> performed) {
    this.conferences = conferences;
    this.performed = performed;
    shown = new ConferenceJson(conferences, time);
  }

  /**
   * What is asked of a conference.
   *
   * @param name for instance {@code mute}; empty if nothing is
   * @param data what goes with it
   * @param query the parameters of the request
   * @param idempotencyKey by which a repetition is recognised
   */
  public record Action(
      String name, ObjectNode data, Map<String, String> query, Optional<String> idempotencyKey) {}

  /**
   * Lists the participants.
   *
   * @param account the account
   * @param conference its id
   * @return the participants; none if it does not run
   */
  public Answer participants(AccountId account, String conference) {
    Optional<Conference> found = conferences.find(account, conference);
    return found.isEmpty()
        ? Answer.notFound(conference)
        : Answer.ok(found.get().view().map(shown::participants).orElseGet(ConferenceJson::nobody));
  }

  /**
   * Shows one participant.
   *
   * @param account the account
   * @param conference its id
   * @param id the call id, or the number that the mixer has given the participant
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
        .map(member -> Answer.ok(shown.participant(view.orElseThrow(), member)))
        .orElseGet(() -> Answer.notFound(id));
  }

  /**
   * Shows what happens in one, as it happens.
   *
   * @param account the account
   * @param conference its id
   * @param lastSeen the version of the last event that the client has seen, if it says so
   * @param access who asks
   * @return the events
   */
  public Answer events(
      AccountId account, String conference, Optional<String> lastSeen, Access access) {
    if (conferences.find(account, conference).isEmpty()) {
      return Answer.notFound(conference);
    }
    if (lastSeen.filter(id -> !id.matches("\\d{1,18}")).isPresent()) {
      return Violations.of("Last-Event-ID", "pattern", "must be the version of an event");
    }
    OptionalLong from = lastSeen.stream().mapToLong(Long::parseLong).findFirst();
    return new Answer.Events(new Following(new RoomId(account, conference), from, access));
  }

  private static boolean is(Member member, String id) {
    return member.call().value().equals(id) || String.valueOf(member.number()).equals(id);
  }

  /**
   * Acts on a conference as a whole; blocks until it is done, a dial for as long as it rings.
   *
   * @param account the account
   * @param conference its id
   * @param action what
   * @return the outcome
   */
  public Answer act(AccountId account, String conference, Action action) {
    if (action.name().equals("dial")) {
      addVariables(action);
    }
    return perform(account, conference, new ControlRequest.Target.Conference(), action);
  }

  /**
   * Acts on all participants; blocks until it is done.
   *
   * @param account the account
   * @param conference its id
   * @param action what
   * @return the outcome
   */
  public Answer actOnAll(AccountId account, String conference, Action action) {
    return perform(account, conference, new ControlRequest.Target.Participants(), action);
  }

  /**
   * Acts on one participant; blocks until it is done.
   *
   * @param account the account
   * @param conference its id
   * @param id the call id, or the number that the mixer has given the participant
   * @param action what
   * @return the outcome
   */
  public Answer actOnOne(AccountId account, String conference, String id, Action action) {
    return perform(account, conference, new ControlRequest.Target.Participant(id), action);
  }

  /**
   * Parameters of the request are variables of the dialled calls, too, and go first
   * (docs/spec/api.md#dial).
   */
  private static void addVariables(Action action) {
    action
        .query()
        .forEach((name, value) -> {
          if (!NO_VARIABLES.contains(name)) {
            Json.object(action.data(), "custom_application_vars")
                .orElseGet(() -> action.data().putObject("custom_application_vars"))
                .put(name, value);
          }
        });
  }

  private Answer perform(
      AccountId account, String conference, ControlRequest.Target target, Action action) {
    if (action.name().isEmpty()) {
      return Answer.refused(FailureCode.FAULTY_REQUEST, "there is no action in the request");
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
      case ControlReply.Unknown(String why) -> Answer.refused(FailureCode.UNAVAILABLE, why);
      case ControlReply.Refused(ControlReply.Reason reason, JsonNode data) ->
          new Answer.Refused(failure(reason), data);
    };
  }

  private static FailureCode failure(ControlReply.Reason reason) {
    return switch (reason) {
      case BAD_IDENTIFIER -> FailureCode.BAD_IDENTIFIER;
      case FAULTY_REQUEST -> FailureCode.FAULTY_REQUEST;
      case VALIDATION_ERROR -> FailureCode.VALIDATION;
    };
  }
}
