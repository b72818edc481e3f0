package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.admission.Admission;
import dev.callflow.conference.admission.Join;
import dev.callflow.conference.admission.Moves;
import dev.callflow.conference.admission.Stay;
import dev.callflow.conference.admission.Visit;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.Invitation;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Settings;
import dev.callflow.core.time.Inbox;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls people into a conference (spec 6.3). Each leg has a thread of its own that takes a seat,
 * rings, puts the leg into the room and stays with it until it is out.
 */
public final class DialOut {

  private static final Logger LOG = LoggerFactory.getLogger(DialOut.class);

  /** What an answered leg may take until it is in the room, and a switch until it says so. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  private static final Duration LONGEST_DOUBT = Duration.ofSeconds(2);

  /** What belongs to the dial and not to the conference that it makes. */
  private static final Set<String> OF_DIAL =
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

  private static final HangupCause NO_ANSWER = HangupCause.of("NO_ANSWER");

  /** FreeSWITCH compares whole seconds of the day, and gives up so much too early at worst. */
  private static final Duration EARLY = Duration.ofMillis(1_200);

  private final DocumentStore store;
  private final MediaGuard guard;
  private final Mixer mixer;
  private final Rooms rooms;
  private final RoomDocuments documents;
  private final Join join;
  private final Stay inRoom;
  private final Moves moves;
  private final ChannelVariables callers;
  private final List<ConferenceObserver> observers;
  private final TimeSource time;

  public DialOut(
      DocumentStore store,
      MediaGuard guard,
      Mixer mixer,
      Rooms rooms,
      RoomDocuments documents,
      Join join,
      Stay inRoom,
      Moves moves,
      ChannelVariables callers,
      List<ConferenceObserver> observers,
      TimeSource time) {
    this.store = store;
    this.guard = guard;
    this.mixer = mixer;
    this.rooms = rooms;
    this.documents = documents;
    this.join = join;
    this.inRoom = inRoom;
    this.moves = moves;
    this.callers = callers;
    this.observers = List.copyOf(observers);
    this.time = time;
  }

  ActionResult dial(RoomId room, DialRequest request) {
    List<DialPlan> plans = DialPlan.of(room.account(), request.endpoints(), store);
    long legs = plans.stream().filter(plan -> plan.target().isPresent()).count();
    if (request.callId().isPresent() && legs != 1) {
      return Actions.invalid("outbound_call_id", "maxItems", "can name one leg only, not " + legs)
          .orElseThrow();
    }
    boolean runs = rooms.sight(room).flatMap(sight -> sight.instance()).isPresent();
    boolean mayNot = request.flags().contains(MemberFlag.JOIN_EXISTING) && !runs;
    Optional<ConferenceDocument> known = documents.find(room);
    ConferenceDocument document = known.orElseGet(() -> made(room, request.settings()));
    List<Attempt> attempts = new ArrayList<>();
    for (DialPlan plan : plans) {
      attempts.add(
          mayNot
              ? Attempt.failed(plan.endpoint(), "the conference does not run", time)
              : attempt(room, request, document, plan));
    }
    boolean begun = attempts.stream().anyMatch(attempt -> attempt.leg.isPresent());
    if (known.isEmpty() && begun) {
      documents.dials(room, document);
    }
    attempts.forEach(attempt -> attempt.leg.ifPresent(leg -> start(leg)));
    Instant latest = time.now().plus(request.timeout()).plus(GRACE);
    return new ActionResult.Done(
        attempts.stream().map(attempt -> attempt.await(time, latest)).toList());
  }

  /** Schema defaults, and what the request says about the conference (spec 6.3). */
  private static ConferenceDocument made(RoomId room, ObjectNode settings) {
    ObjectNode body = Json.object();
    settings
        .properties()
        .forEach(entry -> {
          String key = entry.getKey();
          if (!OF_DIAL.contains(key) && !key.startsWith("_") && !key.startsWith("pvt_")) {
            body.set(key, entry.getValue());
          }
        });
    return ConferenceDocument.stored(
        new Document(DocumentType.CONFERENCE, room.conference(), body, "dial"));
  }

  /** What is known of one leg, and where its row is awaited. */
  private static final class Attempt {
    final String endpoint;
    final Optional<Ringing> leg;
    final Inbox<DialledEndpoint> row;

    Attempt(String endpoint, Optional<Ringing> leg, Inbox<DialledEndpoint> row) {
      this.endpoint = endpoint;
      this.leg = leg;
      this.row = row;
    }

    static Attempt failed(String endpoint, String why, TimeSource time) {
      Inbox<DialledEndpoint> row = time.inbox(1);
      row.offer(new DialledEndpoint(endpoint, "", "", false, why));
      return new Attempt(endpoint, Optional.empty(), row);
    }

    DialledEndpoint await(TimeSource time, Instant latest) {
      String call = leg.map(it -> it.id.value()).orElse("");
      String job = leg.map(it -> it.job).orElse("");
      try {
        DialledEndpoint found = row.poll(Duration.between(time.now(), latest));
        return found != null ? found : new DialledEndpoint(endpoint, call, job, false, "timeout");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new DialledEndpoint(endpoint, call, job, false, "interrupted");
      }
    }
  }

  /** A leg with a seat. */
  private record Ringing(
      RoomId room,
      DialRequest request,
      ConferenceDocument document,
      String endpoint,
      DialTarget target,
      CallId id,
      String job,
      Map<String, String> variables,
      Inbox<DialledEndpoint> row) {}

  private Attempt attempt(
      RoomId room, DialRequest request, ConferenceDocument document, DialPlan plan) {
    if (plan.target().isEmpty()) {
      return Attempt.failed(plan.endpoint(), plan.problem(), time);
    }
    CallId id = request.callId().map(CallId::new).orElseGet(mixer::newLeg);
    boolean moderator = request.flags().contains(MemberFlag.MODERATOR);
    Invitation invitation =
        new Invitation(
            id,
            plan.endpoint(),
            moderator,
            moderator && document.moderatorExempt(),
            request.flags().contains(MemberFlag.GHOST),
            true,
            documents.rules(room, document));
    return switch (rooms.invite(room, invitation)) {
      case JoinDecision.Seated seated -> {
        Inbox<DialledEndpoint> row = time.inbox(1);
        Ringing leg =
            new Ringing(
                room,
                request,
                document,
                plan.endpoint(),
                plan.target().get(),
                id,
                mixer.newLeg().value(),
                variables(room, request),
                row);
        yield new Attempt(plan.endpoint(), Optional.of(leg), row);
      }
      case JoinDecision.Waiting never -> Attempt.failed(plan.endpoint(), "unavailable", time);
      case JoinDecision.Soon never -> Attempt.failed(plan.endpoint(), "unavailable", time);
      case JoinDecision.Refused(JoinDecision.Why why) ->
          Attempt.failed(plan.endpoint(), why.name().toLowerCase(Locale.ROOT), time);
    };
  }

  private static Map<String, String> variables(RoomId room, DialRequest request) {
    Map<String, String> all = new HashMap<>();
    request.applicationVariables().forEach((name, value) -> all.put("cav_" + name, value));
    all.put("callflow_account_id", room.account().value());
    // What a number leads to is a call from inside, on the conference's behalf (spec 6.3).
    all.put("callflow_authorizing_type", "conference");
    all.put("callflow_authorizing_id", room.conference());
    return all;
  }

  private void start(Ringing leg) {
    callers.arrived(leg.id, leg.variables);
    time.start("dial-" + leg.id, () -> run(leg));
  }

  private void run(Ringing leg) {
    ConferenceOutcome outcome = ConferenceOutcome.FAILED;
    Instant begun = time.now();
    try {
      rooms.note(leg.room, new Notice.DialProgress(row(leg, false, ""), "ringing"));
      switch (mixer.dial(leg.id, order(leg))) {
        case DialReply.Failed(HangupCause cause) -> tell(leg, false, message(leg, cause, begun));
        case DialReply.Unknown(String why) -> tell(leg, false, why);
        case DialReply.Answered(Leg answered) -> outcome = answered(leg, answered);
      }
    } finally {
      rooms.leave(leg.room, leg.id);
      callers.gone(leg.id, leg.variables);
      // If nothing was told before, our own code has failed.
      leg.row.offer(row(leg, false, "failed"));
      for (ConferenceObserver observer : observers) {
        Admission.tell(observer, leg.id, outcome);
      }
    }
  }

  private static DialOrder order(Ringing leg) {
    return new DialOrder(
        leg.room,
        leg.target,
        leg.request.callerName().isEmpty() ? shown(leg.document) : leg.request.callerName(),
        leg.request.callerNumber(),
        leg.request.timeout(),
        leg.variables,
        leg.request.targetCallId().map(CallId::new));
  }

  /** A name that the document has; an id is none. */
  private static String shown(ConferenceDocument document) {
    return Json.text(document.body(), "name").orElse("");
  }

  private String message(Ringing leg, HangupCause cause, Instant begun) {
    if (rooms.departure(leg.room, leg.id).isPresent()) {
      return "cancelled";
    }
    boolean late =
        cause.equals(NO_ANSWER)
            && Duration.between(begun, time.now()).compareTo(leg.request.timeout().minus(EARLY))
                >= 0;
    return late ? "timeout" : cause.name();
  }

  private ConferenceOutcome answered(Ringing leg, Leg answered) {
    Call call = call(leg, answered);
    if (rooms.departure(leg.room, leg.id).isPresent()) {
      call.hangup(HangupCause.ORIGINATOR_CANCEL);
      tell(leg, false, "cancelled");
      return ConferenceOutcome.ABANDONED;
    }
    Visit visit = visit(leg, call);
    try {
      if (join.take(visit).isPresent()) {
        tell(leg, false, "the mixer did not let it in");
        visit.outcome = ConferenceOutcome.FAILED;
      } else {
        awaitShown(leg);
        tell(leg, true, "dial resulted in call id " + leg.id);
        visit.outcome = inRoom.stay(visit);
        moves.follow(visit);
      }
      call.hangup(HangupCause.NORMAL_CLEARING);
      return visit.outcome;
    } catch (CallEndedException e) {
      if (!visit.entered) {
        tell(leg, false, e.hangupCause().name());
        return ConferenceOutcome.ABANDONED;
      }
      return visit.outcome == ConferenceOutcome.ABANDONED
          ? rooms.departure(leg.room, leg.id).map(Stay::outcome).orElse(ConferenceOutcome.LEFT)
          : visit.outcome;
    } finally {
      moves.giveBack(visit);
    }
  }

  /** The leg's own event may come before the room's: whoever is told of him shall see him. */
  private void awaitShown(Ringing leg) {
    rooms
        .expect(leg.room, new Condition.In(leg.id))
        .ifPresent(expectation -> {
          expectation.await(LONGEST_DOUBT);
          rooms.forget(expectation);
        });
  }

  private Call call(Ringing leg, Leg answered) {
    return new Call(
        answered,
        leg.room.account(),
        new IncomingCall(leg.endpoint, leg.endpoint, leg.endpoint, Optional.empty(), leg.variables),
        time);
  }

  private Visit visit(Ringing leg, Call call) {
    Settings settings =
        store
            .account(leg.room.account())
            .map(account -> Settings.of(store, account, "conferences"))
            .orElseGet(() -> new Settings(Json.object(), Json.object()));
    Visit visit =
        new Visit(
            call,
            store,
            guard.reader(leg.room.account(), store),
            ConferenceElement.of(Json.object()),
            settings);
    visit.found(leg.document);
    visit.moderator = leg.request.flags().contains(MemberFlag.MODERATOR);
    visit.flags = leg.request.flags();
    visit.profile = leg.request.profileName();
    visit.atTheDoor = true;
    return visit;
  }

  private DialledEndpoint row(Ringing leg, boolean joined, String message) {
    return new DialledEndpoint(leg.endpoint, leg.id.value(), leg.job, joined, message);
  }

  private void tell(Ringing leg, boolean joined, String message) {
    DialledEndpoint row = row(leg, joined, message);
    LOG.info("room {}: dialling {}: {}", leg.room, leg.id, message);
    rooms.note(leg.room, new Notice.DialProgress(row, joined ? "success" : "error"));
    leg.row.offer(row);
  }
}
