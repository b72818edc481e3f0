package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.Outcome;
import dev.callflow.core.Step;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Keys;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Settings;
import dev.callflow.core.document.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a caller through the steps of design section 5, keeps him company in the room, and says how
 * it ended. Whatever happens, what he held is given back.
 */
public final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final List<AdmissionStep> steps;
  private final Stay inRoom;
  private final Moves moves;
  private final Rooms rooms;
  private final ChannelVariables callers;
  private final ConferenceMetrics metrics;
  private final List<ConferenceObserver> observers;

  public Admission(
      List<AdmissionStep> steps,
      Stay inRoom,
      Moves moves,
      Rooms rooms,
      ChannelVariables callers,
      ConferenceMetrics metrics,
      List<ConferenceObserver> observers) {
    this.steps = List.copyOf(steps);
    this.inRoom = inRoom;
    this.moves = moves;
    this.rooms = rooms;
    this.callers = callers;
    this.metrics = metrics;
    this.observers = List.copyOf(observers);
  }

  Outcome admit(Step step, ConferenceElement element) {
    // First of all, even if every later step fails (spec 2.2).
    step.call().answer();
    Visit visit = new Visit(step.call(), step.store(), step.media(), element, settings(step));
    callers.arrived(step.call());
    try {
      Optional<Refusal> refusal = walk(visit);
      if (refusal.isPresent()) {
        visit.outcome = refusal.get().reason();
        refuse(visit, refusal.get());
      } else {
        visit.outcome = inRoom.stay(visit);
        moves.follow(visit);
      }
      return new Outcome.ExitAt(visit.outcome.key());
    } catch (CallEndedException e) {
      if (visit.outcome == ConferenceOutcome.ABANDONED && visit.entered) {
        visit.outcome = left(visit);
      }
      throw e;
    } finally {
      leave(visit);
      visit.afterwards.forEach(Runnable::run);
      callers.gone(visit.call().id(), visit.incoming().variables());
      report(visit);
    }
  }

  /** What is configured; the account's part alone if the store cannot say more. */
  private static Settings settings(Step step) {
    try {
      return Settings.of(step.store(), step.account(), "conferences");
    } catch (StoreUnavailableException e) {
      LOG.warn("the system's configuration cannot be read", e);
      return new Settings(
          Json.object(step.account().config(), "conferences").orElseGet(Json::object),
          Json.object());
    }
  }

  private void leave(Visit visit) {
    moves.giveBack(visit);
  }

  private void report(Visit visit) {
    LOG.info("conference: {}", visit.outcome.key());
    for (ConferenceObserver observer : observers) {
      tell(observer, visit.call().id(), visit.outcome);
    }
  }

  public static void tell(ConferenceObserver observer, CallId call, ConferenceOutcome outcome) {
    try {
      observer.ended(call, outcome);
    } catch (RuntimeException e) {
      LOG.error("an observer of conferences failed", e);
    }
  }

  private Optional<Refusal> walk(Visit visit) {
    try {
      for (AdmissionStep step : steps) {
        Optional<Refusal> refusal = step.take(visit);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
      return Optional.empty();
    } catch (StoreUnavailableException e) {
      LOG.error("a caller is refused: documents cannot be read", e);
      return Optional.of(visit.refuse(ConferenceOutcome.UNAVAILABLE, "conf-unavailable"));
    } catch (CallEndedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("a caller is refused: a step of his admission failed", e);
      return Optional.of(visit.refuse(ConferenceOutcome.FAILED, "conf-unavailable"));
    }
  }

  /** Frees what he held before the prompt: a seat must not wait for somebody who listens. */
  private void refuse(Visit visit, Refusal refusal) {
    leave(visit);
    metrics.refused(refusal.reason());
    String conference = visit.found().map(ConferenceDocument::id).orElse("");
    rooms.note(
        new RoomId(visit.call().account(), conference.isEmpty() ? "unknown" : conference),
        new Notice.JoinDenied(
            visit.call().id(),
            visit.incoming().callerNumber(),
            visit.incoming().callerName(),
            visit.found().map(ConferenceDocument::id).or(visit.element::id).orElse(""),
            refusal.reason()));
    for (Media prompt : refusal.prompts()) {
      visit.call().play(prompt, Keys.WAIT);
    }
  }

  /** He hung up inside; but he may have been on his way out for another reason. */
  private ConferenceOutcome left(Visit visit) {
    return rooms
        .departure(visit.room(), visit.call().id())
        .filter(why -> why != LeaveReason.LEFT)
        .map(Stay::outcome)
        .orElse(ConferenceOutcome.LEFT);
  }
}
