package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.stay.Departure;
import dev.callflow.conference.stay.Staying;
import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Refusal;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Step;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.document.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a caller from the conference element into a room, handles their stay, and reports the
 * outcome. The caller's seat and all other resources held for the caller are always released.
 */
public final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final Steps steps;
  private final Entrance entrance;
  private final Rooms rooms;
  private final CallerCopies copies;
  private final ChannelVariables variables;
  private final ConferenceMetrics metrics;
  private final Outcomes outcomes;
  private final Continuation continuation;

  /** The steps of the admission. */
  public record Steps(
      FindRoom findRoom,
      Welcome welcome,
      AskForNumber askForNumber,
      RoleAndPin roleAndPin,
      AnnounceRole announceRole,
      Door door,
      SpokenName spokenName) {}

  /** The cause for a dialled leg whose far end would enter the same conference. */
  private static final HangupCause LOOP = HangupCause.of("EXCHANGE_ROUTING_ERROR");

  public Admission(
      Steps steps,
      Entrance entrance,
      Rooms rooms,
      CallerCopies copies,
      ChannelVariables variables,
      ConferenceMetrics metrics,
      Outcomes outcomes,
      Continuation continuation) {
    this.continuation = continuation;
    this.steps = steps;
    this.entrance = entrance;
    this.rooms = rooms;
    this.copies = copies;
    this.variables = variables;
    this.metrics = metrics;
    this.outcomes = outcomes;
  }

  Outcome admit(ModuleContext context, ConferenceElement element) {
    if (isLoop(context.call().incoming(), element.id())) {
      LOG.info("hanging up, because the conference has dialled a number that leads back into it");
      context.call().hangup(LOOP);
      outcomes.report(context.call().id(), ConferenceOutcome.DUPLICATE);
      return new Outcome.Stop();
    }
    // The call is answered even if every later step fails
    // (docs/spec/conference.md#prompts-and-digits).
    context.call().answer();
    Visit visit = new Visit(caller(context, element));
    return visit.part(visit::enter);
  }

  /**
   * A caller's visit, from their arrival at the element to its outcome. Used by the caller's thread
   * only.
   */
  private final class Visit {

    private final Caller caller;
    private final Arrival arrival = new Arrival(rooms, copies);
    private final Held held = new Held();
    private ConferenceOutcome outcome = ConferenceOutcome.ABANDONED;

    Visit(Caller caller) {
      this.caller = caller;
      variables.arrived(caller.call());
      held.add(arrival::leave);
    }

    /** Runs a part of the visit; after the last, releases what the caller holds. */
    Outcome part(Supplier<Outcome> part) {
      boolean last = true;
      try {
        Outcome how = part.get();
        last = !(how instanceof Outcome.LongWait);
        return how;
      } catch (CallEndedException e) {
        if (e.isConnectionLost()) {
          // Before the seat is released, so that the conference does not end meanwhile.
          arrival.connectionLost();
        }
        throw e;
      } finally {
        if (last) {
          held.close();
          variables.gone(caller.call().id(), caller.call().incoming().variables());
          LOG.info("the conference visit ended with outcome {}", outcome.key());
          outcomes.report(caller.call().id(), outcome);
        }
      }
    }

    Outcome enter() {
      Optional<Step> step = Step.read(caller.call().resumed());
      if (step.isPresent() && step.get() instanceof Step.Inside inside) {
        Optional<Continuation.Ended> ended = continuation.ended(caller, inside);
        if (ended.isPresent()) {
          outcome = ended.get().outcome();
          ended.get().moving().ifPresent(Admission.this::follow);
          return new Outcome.ExitAt(outcome.key());
        }
      }
      return switch (step.map(from -> letInAgain(caller, from, arrival, held))
          .orElseGet(() -> letIn(caller, arrival, held))) {
        case Result.Refused<Presence>(Refusal refusal) -> {
          outcome = refusal.reason();
          // The seat must already be free while the refused caller listens to a prompt.
          held.close();
          refuse(caller, refusal);
          yield new Outcome.ExitAt(outcome.key());
        }
        case Result.Passed<Presence>(Presence presence) -> {
          // The outcome if the stay fails with an exception.
          outcome = ConferenceOutcome.FAILED;
          yield stay(presence, entrance.stay().begin(presence));
        }
      };
    }

    /** Waits without the stack of all steps so far, which takes memory. */
    private Outcome stay(Presence presence, Staying staying) {
      return new Outcome.LongWait(staying.timeout(), () -> part(() -> next(presence, staying)));
    }

    private Outcome next(Presence presence, Staying staying) {
      Optional<Departure> left = staying.next(Duration.ZERO);
      if (left.isEmpty()) {
        return stay(presence, staying);
      }
      Departure departure = left.get();
      outcome = departure.outcome();
      departure.throwIfHungUp();
      entrance.moves().follow(presence, outcome, held);
      return new Outcome.ExitAt(outcome.key());
    }
  }

  /**
   * Runs the steps in order. Each step receives the result of the previous one, and any step can
   * refuse.
   */
  private Result<Presence> letIn(Caller caller, Arrival arrival, Held held) {
    Result<Target> target =
        guarded(
            caller::refuse,
            () ->
                steps
                    .findRoom
                    .find(caller)
                    .then(named -> {
                      named.ifPresent(arrival::at);
                      return Result.passed(steps.welcome.greet(caller, named));
                    })
                    .then(named ->
                        named
                            .map(Result::passed)
                            .orElseGet(() ->
                                steps
                                    .askForNumber
                                    .ask(caller)
                                    .then(found -> {
                                      arrival.at(found);
                                      return Result.passed(found);
                                    }))));
    return target.then(found ->
        guarded(
            found::refuse,
            () ->
                steps
                    .roleAndPin
                    .decide(found)
                    .then(guest -> letIn(steps.announceRole.announce(guest), held))));
  }

  /** Brings an adopted member, who has left their room in order to be moved, to the next room. */
  private void follow(Continuation.Moving moving) {
    entrance.moves().follow(moving.presence(), ConferenceOutcome.MOVED, moving.visit().held());
  }

  /** Runs the steps of the admission, starting with the one at which an earlier process stopped. */
  private Result<Presence> letInAgain(Caller caller, Step step, Arrival arrival, Held held) {
    Result<Target> target = guarded(caller::refuse, () -> continuation.target(caller, step));
    return target
        .then(found ->
            guarded(
                found::refuse,
                () -> {
                  arrival.at(found);
                  return switch (step) {
                    case Step.Pin pin -> steps.roleAndPin.decide(found, pin.tries());
                    case Step.Outside outside -> {
                      CallId call = found.call().id();
                      rooms.tell(found.room(), state -> state.waitedBefore(call));
                      yield Result.passed(Guest.caller(found, outside.moderator()));
                    }
                    case Step.Inside inside ->
                        Result.passed(Guest.caller(found, inside.moderator()));
                  };
                }))
        .then(guest ->
            guarded(guest.target()::refuse, () -> letIn(steps.announceRole.announce(guest), held)));
  }

  /** Returns whether a conference itself has dialled the call that would enter it. */
  private static boolean isLoop(IncomingCall incoming, Optional<String> conference) {
    return incoming.variable("callflow_authorizing_type").filter("conference"::equals).isPresent()
        && conference.isPresent()
        && incoming.variable("callflow_authorizing_id").equals(conference);
  }

  private Result<Presence> letIn(Guest guest, Held held) {
    if (isLoop(guest.call().incoming(), Optional.of(guest.room().conference()))) {
      return Result.refused(guest.target().refuse(ConferenceOutcome.DUPLICATE, List.of()));
    }
    return steps
        .door
        .take(guest, held)
        .then(seated ->
            entrance.join().enter(seated, steps.spokenName.of(seated.guest(), held), held));
  }

  /**
   * Runs steps. A failure becomes a refusal, with a prompt saying that the conference is
   * unavailable.
   */
  private static <T> Result<T> guarded(
      BiFunction<ConferenceOutcome, String, Refusal> refuse, Supplier<Result<T>> steps) {
    try {
      return steps.get();
    } catch (StoreUnavailableException e) {
      LOG.error("refused a caller because the documents cannot be read", e);
      return Result.refused(refuse.apply(ConferenceOutcome.UNAVAILABLE, "conf-unavailable"));
    } catch (CallEndedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("refused a caller because an admission step failed", e);
      return Result.refused(refuse.apply(ConferenceOutcome.FAILED, "conf-unavailable"));
    }
  }

  private void refuse(Caller caller, Refusal refusal) {
    metrics.refused(refusal.reason());
    IncomingCall incoming = caller.call().incoming();
    rooms.note(
        new RoomId(
            caller.call().account(),
            refusal.conference().filter(id -> !id.isEmpty()).orElse("unknown")),
        new Notice.JoinDenied(
            caller.call().id(),
            incoming.callerNumber(),
            incoming.callerName(),
            refusal.conference().or(caller.element()::id).orElse(""),
            refusal.reason()));
    for (Media prompt : refusal.prompts()) {
      caller.call().play(prompt, KeyPolicy.WAIT);
    }
  }

  private static Caller caller(ModuleContext context, ConferenceElement element) {
    return new Caller(context.call(), context.store(), context.media(), element, settings(context));
  }

  /**
   * Returns the configuration of conferences; the system's part is left out if it cannot be read.
   */
  private static LayeredSettings settings(ModuleContext context) {
    try {
      return LayeredSettings.of(context.store(), context.account(), "conferences");
    } catch (StoreUnavailableException e) {
      LOG.warn("cannot read the system's conference configuration; using only the account's", e);
      return new LayeredSettings(
          Json.object(context.account().config(), "conferences").orElseGet(Json::object),
          Json.object());
    }
  }
}
