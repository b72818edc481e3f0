package dev.callflow.conference.journal;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.CallId;
import java.util.function.Consumer;

/**
 * Records the outcomes of visits and the actions of operators, then forwards them to another
 * observer.
 */
record JournaledObserver(ConferenceObserver next, JournalWriter journal)
    implements ConferenceObserver {

  @Override
  public void ended(CallId call, ConferenceOutcome outcome) {
    journal.decided(call, "ends the visit as " + outcome.key());
    next.ended(call, outcome);
  }

  @Override
  public void roleDecided(CallId call, RoomId room, boolean moderator) {
    journal.decided(
        call, "is a " + (moderator ? "moderator" : "member") + " of " + room.conference());
    next.roleDecided(call, room, moderator);
  }

  @Override
  public Consumer<ActionResult> actionRequested(RoomId room, ConferenceAction action) {
    Consumer<ActionResult> recorder = journal.asks(room, action);
    Consumer<ActionResult> listener = next.actionRequested(room, action);
    return recorder.andThen(listener);
  }
}
