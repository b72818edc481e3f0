package dev.callflow.conference.restart;

import dev.callflow.conference.admission.Outcomes;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.mixer.AdoptedMember;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.room.Invitation;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.sound.RoomSounds;
import dev.callflow.conference.stay.Departure;
import dev.callflow.conference.stay.Stay;
import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Returning;
import dev.callflow.conference.visit.SeatLease;
import dev.callflow.conference.visit.Step;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.CallRecord;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.call.Position;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.listen.Listeners;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Controls the members of adopted rooms, each on a thread of its own, and acts on their keys as the
 * earlier process did. When a member leaves the room without hanging up, their leg comes back and
 * their callflow continues at the branch for their outcome (see {@link Returning}).
 */
public final class AdoptedMembers {

  private static final Logger LOG = LoggerFactory.getLogger(AdoptedMembers.class);

  private final DocumentStore store;
  private final MediaGuard guard;
  private final Mixer mixer;
  private final RoomDocuments documents;
  private final Limits limits;
  private final TimeSource time;
  private final RoomSounds sounds;
  private final ChannelVariables variables;
  private final Outcomes outcomes;
  private final Returning returning;
  private final Map<CallId, Call> calls = new ConcurrentHashMap<>();
  private final Listeners<CallRecord> ended = new Listeners<>("the ends of calls in adopted rooms");

  /** A supplier, like {@link #stay}, because the rooms are created after their listener. */
  private final Supplier<Rooms> rooms;

  private final Supplier<Stay> stay;

  /** The services that the members' calls use. */
  public record Services(
      DocumentStore store,
      MediaGuard guard,
      Mixer mixer,
      RoomDocuments documents,
      Limits limits,
      TimeSource time) {}

  public AdoptedMembers(
      Services with,
      RoomSounds sounds,
      ChannelVariables variables,
      Outcomes outcomes,
      Returning returning,
      Supplier<Rooms> rooms,
      Supplier<Stay> stay) {
    this.store = with.store();
    this.guard = with.guard();
    this.mixer = with.mixer();
    this.documents = with.documents();
    this.limits = with.limits();
    this.time = with.time();
    this.sounds = sounds;
    this.variables = variables;
    this.outcomes = outcomes;
    this.returning = returning;
    this.rooms = rooms;
    this.stay = stay;
  }

  /** Adds a listener for the ends of calls that end in an adopted room, which no engine sees. */
  public Subscription onCallEnded(Consumer<CallRecord> listener) {
    return ended.add(listener);
  }

  /** Adopts the members of a room that was already running; returns at once. */
  public void adopt(MixerSnapshot room) {
    for (Member member : room.members()) {
      time.start("adopt-" + member.call(), () -> adopt(room.room(), member));
    }
  }

  private void adopt(RoomId room, Member member) {
    CallId call = member.call();
    if (!returning.begin(call)) {
      return;
    }
    boolean stays = false;
    try {
      Optional<AdoptedMember> found = mixer.adopt(call, room);
      Optional<Step.Inside> step =
          found
              .flatMap(it -> Step.read(it.position().step()))
              .filter(Step.Inside.class::isInstance)
              .map(Step.Inside.class::cast)
              .filter(it -> it.conference().equals(room.conference()));
      stays = found.isPresent() && step.isPresent();
      if (stays) {
        stay(room, found.get(), step.get());
      }
    } catch (StoreUnavailableException e) {
      LOG.error(
          "room {}: keys in call {} have no effect because the documents cannot be read",
          room,
          call,
          e);
    } finally {
      if (!stays) {
        returning.gone(call);
      }
    }
  }

  private void stay(RoomId room, AdoptedMember adopted, Step.Inside step) {
    Instant start = time.now();
    Call call = new Call(adopted.leg(), room.account(), adopted.incoming(), time);
    Held held = new Held();
    CallerCopies copies = new CallerCopies(mixer, rooms.get().turns());
    held.add(() -> copies.left(room, call.id()));
    Guest guest = guest(room, call, adopted.position(), step);
    SeatLease seat = SeatLease.hold(rooms.get(), room, call.id(), held);
    // A dialled leg has no callflow.
    boolean dialled = adopted.position().node().equals(Position.Place.NONE);
    Lease lease = limits.count(room.account(), dialled ? Limit.DIALLED_LEGS : Limit.CALLS);
    held.add(lease::close);
    Invitation invitation = invitation(guest, step, dialled);
    rooms.get().tell(room, state -> state.seatAgain(invitation));
    variables.arrived(call);
    held.add(() -> variables.gone(call.id(), call.incoming().variables()));
    sounds.enters(room, RoomSounds.Sounds.of(guest.target()));
    held.add(() -> sounds.leaves(room));
    calls.put(call.id(), call);
    held.add(() -> calls.remove(call.id(), call));
    call.at(adopted.position());
    LOG.info("room {}: controlling call {} again", room, call.id());
    Departure departure = stay.get().untilOut(new Presence(guest, seat, ""));
    finish(call, dialled, departure, seat, held);
    if (!dialled && departure instanceof Departure.HungUp(var outcome, CallEndedException end)) {
      ended.call(record(call, adopted.position(), start, end));
    }
  }

  private CallRecord record(Call call, Position position, Instant start, CallEndedException end) {
    return new CallRecord(
        call.id(),
        Optional.of(position.account()),
        call.incoming().callerNumber(),
        call.incoming().callerName(),
        position.number(),
        Optional.of(position.node().callflow()),
        start,
        Optional.empty(),
        time.now(),
        end.by(),
        end.hangupCause(),
        true);
  }

  private void finish(Call call, boolean dialled, Departure departure, SeatLease seat, Held held) {
    if (departure instanceof Departure.HungUp || dialled) {
      held.close();
      returning.gone(call.id());
      outcomes.report(call.id(), departure.outcome());
      return;
    }
    ConferenceOutcome outcome = departure.outcome();
    if (outcome != ConferenceOutcome.MOVED) {
      // The seat must be free even if the leg does not come back.
      held.close();
    }
    returning.left(
        call.id(),
        new Returning.Visit(outcome, seat, held),
        () -> {
          held.close();
          outcomes.report(call.id(), outcome);
        });
  }

  private Guest guest(RoomId room, Call call, Position position, Step.Inside step) {
    ConferenceElement element = element(room, position);
    LayeredSettings settings =
        store
            .account(room.account())
            .map(account -> LayeredSettings.of(store, account, "conferences"))
            .orElseGet(() -> new LayeredSettings(Json.object(), Json.object()));
    Caller caller = new Caller(call, store, guard.reader(room.account(), store), element, settings);
    ConferenceDocument document =
        documents
            .find(room)
            .orElseGet(() ->
                ConferenceDocument.adHoc(
                    room.conference(), element.config().orElseGet(Json::object)));
    documents.seen(room, document);
    Target target = Target.of(caller, document);
    return step.invitation()
        .map(flags -> Guest.invited(target, new Guest.Terms(flags, "")))
        .orElseGet(() -> Guest.caller(target, step.moderator()));
  }

  /** Returns the data of the member's conference node; empty for a dialled leg. */
  private ConferenceElement element(RoomId room, Position position) {
    Optional<ObjectNode> data =
        store
            .find(room.account(), DocumentType.CALLFLOW, position.node().callflow())
            .map(document -> document.body().at(position.node().path() + "/data"))
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast);
    return ConferenceElement.of(data.orElseGet(Json::object));
  }

  private Invitation invitation(Guest guest, Step.Inside step, boolean dialled) {
    Target target = guest.target();
    boolean ghost =
        step.invitation()
            .map(flags -> flags.contains(MemberFlag.GHOST))
            .orElseGet(() -> target.profile().text("member-flags").orElse("").contains("ghost"));
    return new Invitation(
        guest.call().id(),
        guest.call().incoming().callerNumber(),
        guest.moderator(),
        guest.moderator() && target.conference().seating().moderatorExempt(),
        ghost,
        dialled,
        documents.rules(target.room(), target.conference()));
  }

  /** Ends the stay of a member who has left without an event from the mixer. */
  public void onEvent(RoomEvent event) {
    Optional<MixerEvent.InRoom> repaired =
        switch (event) {
          case RoomEvent.Repaired it -> Optional.of(it.event());
          case RoomEvent.Lost it -> Optional.of(it.event());
          case RoomEvent.Happened it -> Optional.empty();
          case RoomEvent.Noted it -> Optional.empty();
        };
    if (repaired.isPresent() && repaired.get() instanceof MixerEvent.Removed removed) {
      Call call = calls.get(removed.member().call());
      if (call != null && !call.signal(new RoomSignal.Left(removed.room(), true))) {
        LOG.warn(
            "room {}: call {} cannot be notified that its member has left",
            removed.room(),
            call.id());
      }
    }
  }
}
