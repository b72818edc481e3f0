package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.limit.RoomLimits;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.util.Optional;

/**
 * Performs the actions of operators. Validates each action, finds the conference and passes the
 * action to the class that carries it out.
 */
public final class Actions {

  private final Rooms rooms;
  private final RoomDocuments documents;
  private final Orders orders;
  private final DialOut dialOut;
  private final ActionChecks checks;
  private final ConferenceWideActions conferenceWide;
  private final ParticipantActions participants;

  public Actions(
      DocumentStore store,
      MediaGuard guard,
      Rooms rooms,
      RoomDocuments documents,
      RecordingNames recordings,
      Orders orders,
      Keeping keeping,
      DialOut dialOut,
      RoomLimits limits,
      TimeSource time) {
    this.rooms = rooms;
    this.documents = documents;
    this.orders = orders;
    this.dialOut = dialOut;
    OperatorMedia media = new OperatorMedia(store, guard, documents);
    checks = new ActionChecks(media);
    conferenceWide =
        new ConferenceWideActions(rooms, orders, keeping, media, recordings, limits, time);
    participants =
        new ParticipantActions(
            rooms, orders, keeping, media, new MoveToRoom(rooms, documents, orders));
  }

  /** Performs an action; blocks until its result is known. */
  public ActionResult perform(RoomId room, ConferenceAction action) {
    try {
      return checks.check(room, action).orElseGet(() -> performChecked(room, action));
    } catch (StoreUnavailableException e) {
      return new ActionResult.Unknown("the documents cannot be read");
    }
  }

  private ActionResult performChecked(RoomId room, ConferenceAction action) {
    Optional<RoomSnapshot> known = rooms.ask(room, RoomState::summary);
    Optional<Instant> unknownSince = known.flatMap(RoomSnapshot::unknownSince);
    if (unknownSince.isPresent()) {
      return new ActionResult.Unknown(
          "the switch of the conference cannot be reached since " + unknownSince.get());
    }
    if (!(action instanceof ConferenceAction.Dial)
        && known.isEmpty()
        && documents.find(room).isEmpty()) {
      return Refusals.unknownConference(room.conference());
    }
    return switch (action) {
      case ConferenceAction.Dial(DialRequest request) -> dialOut.dial(room, request);
      case ConferenceAction.CancelDial(String call) -> cancel(room, call);
      case ConferenceAction.End end ->
          orders.begin(room, new Condition.Ended(), () -> rooms.tell(room, RoomState::end));
      case ConferenceAction.OfParticipant one -> participants.perform(room, one);
      // There is nothing to do for a stored conference without callers.
      case ConferenceAction.OfRunning all ->
          known.map(it -> conferenceWide.perform(room, it, all)).orElse(Orders.DONE);
    };
  }

  private ActionResult cancel(RoomId room, String call) {
    return rooms.ask(room, state -> state.cancel(new CallId(call))).orElse(false)
        ? Orders.DONE
        : Refusals.refused(
            Reason.UNKNOWN_PARTICIPANT, call, "no leg with that id is being dialled");
  }
}
