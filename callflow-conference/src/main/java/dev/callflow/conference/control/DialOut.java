package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Invitation;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.AccountQuota;
import dev.callflow.core.limit.DestinationRefusal;
import dev.callflow.core.limit.Grant;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dials endpoints into a conference (docs/spec/api.md#dial): takes a seat for each leg before it
 * rings, starts the calls and collects their results.
 */
public final class DialOut {

  /**
   * The time allowed after the ring timeout for the switch to report an answer and for the leg to
   * join.
   */
  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(25);

  /**
   * The properties of the dial request itself; all others describe the conference that it creates.
   */
  private static final Set<String> REQUEST_PROPERTIES =
      Set.of(
          "endpoints",
          "caller_id_name",
          "caller_id_number",
          "participant_flags",
          "target_call_id",
          "outbound_call_id",
          "timeout",
          "custom_application_vars",
          "action",
          "data");

  private final DocumentStore store;
  private final Mixer mixer;
  private final Rooms rooms;
  private final RoomDocuments documents;
  private final DialledLegs legs;
  private final Limits limits;
  private final TimeSource time;

  public DialOut(
      DocumentStore store,
      Mixer mixer,
      Rooms rooms,
      RoomDocuments documents,
      DialledLegs legs,
      Limits limits,
      TimeSource time) {
    this.limits = limits;
    this.store = store;
    this.mixer = mixer;
    this.rooms = rooms;
    this.documents = documents;
    this.legs = legs;
    this.time = time;
  }

  ActionResult dial(RoomId room, DialRequest request) {
    List<DialPlan> plans = DialPlan.of(room.account(), request.endpoints(), store);
    long count = plans.stream().filter(plan -> plan.target().isPresent()).count();
    if (request.callId().isPresent() && count != 1) {
      return Refusals.invalid(
          "outbound_call_id",
          "maxItems",
          "requires exactly one leg, but the number of legs is " + count);
    }
    boolean running =
        rooms.ask(room, RoomState::summary).flatMap(RoomSnapshot::instance).isPresent();
    boolean refused = request.flags().contains(MemberFlag.JOIN_EXISTING) && !running;
    Optional<ConferenceDocument> known = documents.find(room);
    ConferenceDocument document = known.orElseGet(() -> adHoc(room, request.settings()));
    // Read the rules before taking seats: if the store failed later, the seats would stay taken.
    JoinRequest.Rules rules = documents.rules(room, document);
    AccountQuota quota = limits.account(room.account());
    List<DialAttempt> attempts = new ArrayList<>();
    List<ActionResult> refusals = new ArrayList<>();
    for (DialPlan plan : plans) {
      attempts.add(
          refused
              ? DialAttempt.failed(plan.endpoint(), "the conference is not running", time)
              : attempt(room, request, document, rules, plan, quota, refusals));
    }
    boolean started = attempts.stream().anyMatch(attempt -> attempt.leg().isPresent());
    if (!started && !refusals.isEmpty()) {
      return refusals.getFirst();
    }
    if (known.isEmpty() && started) {
      documents.dials(room, document);
    }
    attempts.forEach(attempt -> attempt.leg().ifPresent(legs::start));
    Instant deadline = time.now().plus(request.timeout()).plus(JOIN_TIMEOUT);
    return new ActionResult.Done(
        attempts.stream().map(attempt -> attempt.await(time, deadline)).toList());
  }

  /**
   * Creates the document of an ad-hoc conference from the request and the schema defaults
   * (docs/spec/api.md#dial).
   */
  private static ConferenceDocument adHoc(RoomId room, ObjectNode settings) {
    ObjectNode body = Json.object();
    settings
        .properties()
        .forEach(entry -> {
          String key = entry.getKey();
          if (!REQUEST_PROPERTIES.contains(key)
              && !key.startsWith("_")
              && !key.startsWith("pvt_")) {
            body.set(key, entry.getValue());
          }
        });
    return ConferenceDocument.stored(
        new Document(DocumentType.CONFERENCE, room.conference(), body, "dial"));
  }

  private DialAttempt attempt(
      RoomId room,
      DialRequest request,
      ConferenceDocument document,
      JoinRequest.Rules rules,
      DialPlan plan,
      AccountQuota quota,
      List<ActionResult> refusals) {
    if (plan.target().isEmpty()) {
      return DialAttempt.failed(plan.endpoint(), plan.problem(), time);
    }
    Optional<DestinationRefusal> forbidden = forbidden(quota, plan.target().get());
    if (forbidden.isPresent()) {
      refusals.add(forbidden(request, plan, forbidden.get()));
      return DialAttempt.failed(plan.endpoint(), forbidden.get().message(), time);
    }
    Grant place = quota.take(Limit.DIALLED_LEGS);
    if (!(place instanceof Grant.Granted(Lease lease))) {
      return limited(plan, (Grant.Reached) place, refusals);
    }
    Grant dial = quota.take(Limit.DIALS_PER_MINUTE);
    if (!(dial instanceof Grant.Granted(Lease counted))) {
      lease.close();
      return limited(plan, (Grant.Reached) dial, refusals);
    }
    DialAttempt attempt = invite(room, request, document, rules, plan, lease, refusals);
    if (attempt.leg().isEmpty()) {
      counted.close();
      lease.close();
    }
    return attempt;
  }

  private static Optional<DestinationRefusal> forbidden(AccountQuota quota, DialTarget target) {
    return switch (target) {
      case DialTarget.Number(String number) -> quota.number(number);
      case DialTarget.Address(String user, String host, int port, boolean secure) ->
          quota.address(user, host);
      // A telephone that has registered here is not outside.
      case DialTarget.Registered registered -> Optional.empty();
    };
  }

  private static ActionResult forbidden(
      DialRequest request, DialPlan plan, DestinationRefusal refusal) {
    List<String> labels = request.endpoints().stream().map(Endpoint::label).toList();
    int index = labels.indexOf(plan.endpoint());
    return Refusals.invalid(
        index < 0 ? "endpoints" : "endpoints." + (index + 1), "forbidden", refusal.message());
  }

  private DialAttempt limited(DialPlan plan, Grant.Reached reached, List<ActionResult> refusals) {
    refusals.add(Refusals.limit(reached));
    return DialAttempt.failed(plan.endpoint(), reached.message(), time);
  }

  private DialAttempt invite(
      RoomId room,
      DialRequest request,
      ConferenceDocument document,
      JoinRequest.Rules rules,
      DialPlan plan,
      Lease lease,
      List<ActionResult> refusals) {
    CallId id = request.callId().map(CallId::new).orElseGet(mixer::newLeg);
    boolean moderator = request.flags().contains(MemberFlag.MODERATOR);
    Invitation invitation =
        new Invitation(
            id,
            plan.endpoint(),
            moderator,
            moderator && document.seating().moderatorExempt(),
            request.flags().contains(MemberFlag.GHOST),
            true,
            rules);
    return switch (rooms.invite(room, invitation)) {
      case JoinDecision.Seated seated ->
          DialAttempt.started(
              new DialledLeg(
                  id,
                  mixer.newLeg().value(),
                  room,
                  request,
                  document,
                  plan.endpoint(),
                  plan.name(),
                  plan.target().orElseThrow(),
                  variables(room, request),
                  lease,
                  time.inbox(1)));
      case JoinDecision.Limited(Grant.Reached reached) -> limited(plan, reached, refusals);
      case JoinDecision.Waiting never -> DialAttempt.failed(plan.endpoint(), "unavailable", time);
      case JoinDecision.SeatPending never ->
          DialAttempt.failed(plan.endpoint(), "unavailable", time);
      case JoinDecision.Refused(JoinDecision.DenyReason reason) ->
          DialAttempt.failed(plan.endpoint(), reason.name().toLowerCase(Locale.ROOT), time);
    };
  }

  private static Map<String, String> variables(RoomId room, DialRequest request) {
    Map<String, String> all = new HashMap<>();
    request.applicationVariables().forEach((name, value) -> all.put("cav_" + name, value));
    all.put("callflow_account_id", room.account().value());
    // Dialling a number starts an internal call on behalf of the conference
    // (docs/spec/api.md#dial).
    all.put("callflow_authorizing_type", "conference");
    all.put("callflow_authorizing_id", room.conference());
    return all;
  }
}
