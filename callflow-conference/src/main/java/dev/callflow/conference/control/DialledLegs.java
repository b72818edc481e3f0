package dev.callflow.conference.control;

import dev.callflow.conference.action.DialStatus;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.admission.Entrance;
import dev.callflow.conference.admission.Outcomes;
import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.stay.Departure;
import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.SeatLease;
import dev.callflow.conference.visit.Seated;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dials legs. Each leg has a thread of its own, which dials the leg, adds it to the room and
 * controls it until it leaves.
 */
public final class DialledLegs {

  private static final Logger LOG = LoggerFactory.getLogger(DialledLegs.class);

  private static final Duration MEMBER_TIMEOUT = Duration.ofSeconds(2);

  private static final HangupCause NO_ANSWER = HangupCause.of("NO_ANSWER");

  /**
   * FreeSWITCH compares times in whole seconds, so ringing can end up to this long before the
   * timeout.
   */
  private static final Duration TIMEOUT_TOLERANCE = Duration.ofMillis(1_200);

  private final DocumentStore store;
  private final MediaGuard guard;
  private final Mixer mixer;
  private final Rooms rooms;
  private final Entrance entrance;
  private final ChannelVariables variables;
  private final Outcomes outcomes;
  private final TimeSource time;

  public DialledLegs(
      DocumentStore store,
      MediaGuard guard,
      Mixer mixer,
      Rooms rooms,
      Entrance entrance,
      ChannelVariables variables,
      Outcomes outcomes,
      TimeSource time) {
    this.store = store;
    this.guard = guard;
    this.mixer = mixer;
    this.rooms = rooms;
    this.entrance = entrance;
    this.variables = variables;
    this.outcomes = outcomes;
    this.time = time;
  }

  /** Dials a leg; its result goes to {@link DialledLeg#result}. */
  void start(DialledLeg leg) {
    variables.arrived(leg.id(), leg.variables());
    time.start("dial-" + leg.id(), () -> dial(leg));
  }

  private void dial(DialledLeg leg) {
    ConferenceOutcome outcome = ConferenceOutcome.FAILED;
    Instant start = time.now();
    Held held = new Held();
    held.add(leg.lease()::close);
    try {
      SeatLease seat = SeatLease.hold(rooms, leg.room(), leg.id(), held);
      rooms.note(leg.room(), new Notice.DialProgress(leg.result(false, ""), DialStatus.RINGING));
      switch (mixer.dial(leg.id(), leg.order())) {
        case DialReply.Failed(HangupCause cause) -> publish(leg, false, why(leg, cause, start));
        case DialReply.Unknown(String why) -> publish(leg, false, why);
        case DialReply.Answered(Leg answered) -> outcome = answered(leg, answered, seat, held);
      }
    } finally {
      held.close();
      variables.gone(leg.id(), leg.variables());
      // This has no effect if the result is already known; if not, there was an internal error.
      leg.result().offer(leg.result(false, "failed"));
      outcomes.report(leg.id(), outcome);
    }
  }

  private String why(DialledLeg leg, HangupCause cause, Instant start) {
    if (reason(leg).isPresent()) {
      return "cancelled";
    }
    boolean late =
        cause.equals(NO_ANSWER)
            && Duration.between(start, time.now())
                    .compareTo(leg.request().timeout().minus(TIMEOUT_TOLERANCE))
                >= 0;
    return late ? "timeout" : cause.name();
  }

  private ConferenceOutcome answered(DialledLeg leg, Leg answered, SeatLease seat, Held held) {
    Call call = leg.call(answered, time);
    if (reason(leg).isPresent()) {
      call.hangup(HangupCause.ORIGINATOR_CANCEL);
      publish(leg, false, "cancelled");
      return ConferenceOutcome.ABANDONED;
    }
    Result<Presence> entered;
    try {
      entered = entrance.join().enter(new Seated(guest(leg, call), seat), Optional.empty(), held);
    } catch (CallEndedException e) {
      publish(leg, false, e.hangupCause().name());
      return ConferenceOutcome.ABANDONED;
    } catch (RuntimeException e) {
      LOG.error("room {}: hanging up leg {} after an internal error", leg.room(), leg.id(), e);
      publish(leg, false, "failed");
      return hungUp(call, ConferenceOutcome.FAILED);
    }
    return switch (entered) {
      case Result.Refused<Presence> refused -> {
        publish(leg, false, "the mixer refused the leg");
        yield hungUp(call, ConferenceOutcome.FAILED);
      }
      case Result.Passed<Presence>(Presence presence) -> {
        awaitMember(leg);
        publish(leg, true, "dial resulted in call id " + leg.id());
        yield stay(presence, held);
      }
    };
  }

  /**
   * Controls a leg until it leaves the room. After an error, hangs up the leg, because nothing else
   * would.
   */
  private ConferenceOutcome stay(Presence presence, Held held) {
    try {
      return untilOut(presence, held);
    } catch (RuntimeException e) {
      LOG.error(
          "room {}: hanging up leg {} after an internal error",
          presence.room(),
          presence.call().id(),
          e);
      return hungUp(presence.call(), ConferenceOutcome.FAILED);
    }
  }

  private ConferenceOutcome untilOut(Presence presence, Held held) {
    Departure departure = entrance.stay().untilOut(presence);
    return switch (departure) {
      case Departure.HungUp(ConferenceOutcome outcome, var ended) -> outcome;
      case Departure.Released(ConferenceOutcome outcome) -> {
        try {
          entrance.moves().follow(presence, outcome, held);
        } catch (CallEndedException e) {
          yield outcome;
        }
        yield hungUp(presence.call(), outcome);
      }
    };
  }

  private static ConferenceOutcome hungUp(Call call, ConferenceOutcome outcome) {
    try {
      call.hangup(HangupCause.NORMAL_CLEARING);
    } catch (CallEndedException e) {
      LOG.debug("leg {}: had already hung up", call.id());
    }
    return outcome;
  }

  /**
   * Waits until the room lists the leg, because the leg's own event can arrive before the room's.
   */
  private void awaitMember(DialledLeg leg) {
    rooms
        .expect(leg.room(), new Condition.In(leg.id()))
        .ifPresent(joined -> {
          joined.await(MEMBER_TIMEOUT);
          rooms.forget(joined);
        });
  }

  private Optional<LeaveReason> reason(DialledLeg leg) {
    return rooms.ask(leg.room(), state -> state.departure(leg.id())).flatMap(Function.identity());
  }

  private Guest guest(DialledLeg leg, Call call) {
    LayeredSettings settings =
        store
            .account(leg.room().account())
            .map(account -> LayeredSettings.of(store, account, "conferences"))
            .orElseGet(() -> new LayeredSettings(Json.object(), Json.object()));
    Caller caller =
        new Caller(
            call,
            store,
            guard.reader(leg.room().account(), store),
            ConferenceElement.of(Json.object()),
            settings);
    return Guest.invited(
        Target.of(caller, leg.document()),
        new Guest.Terms(leg.request().flags(), leg.request().profileName()));
  }

  private void publish(DialledLeg leg, boolean joined, String message) {
    DialledEndpoint result = leg.result(joined, message);
    LOG.info("room {}: result of dialling leg {}: {}", leg.room(), leg.id(), message);
    rooms.note(
        leg.room(),
        new Notice.DialProgress(result, joined ? DialStatus.SUCCESS : DialStatus.ERROR));
    leg.result().offer(result);
  }
}
