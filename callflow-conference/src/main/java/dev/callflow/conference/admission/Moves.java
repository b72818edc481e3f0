package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.Move;
import dev.callflow.conference.stay.Departure;
import dev.callflow.conference.stay.Stay;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Seated;
import dev.callflow.conference.visit.Target;
import java.util.Optional;

/** Follows a participant from room to room as operators move them. */
public final class Moves {

  private final RoomDocuments documents;
  private final Join join;
  private final Stay stay;

  public Moves(RoomDocuments documents, Join join, Stay stay) {
    this.documents = documents;
    this.join = join;
    this.stay = stay;
  }

  /**
   * Follows a participant for as long as operators move them; does nothing if they are not moved.
   * The way in which they leave the last room does not change the outcome of the original visit.
   *
   * @param first the participant in the first room
   * @param outcome how the participant left the first room
   * @param held the resources held in the first room; released before the participant enters the
   *     next room
   */
  public void follow(Presence first, ConferenceOutcome outcome, Held held) {
    Presence here = first;
    Held holding = held;
    ConferenceOutcome how = outcome;
    try {
      while (how == ConferenceOutcome.MOVED) {
        Held there = new Held();
        Optional<Seated> next = next(here, there);
        holding.close();
        holding = there;
        if (next.isEmpty()
            || !(join.enter(next.get(), Optional.empty(), there)
                instanceof Result.Passed<Presence>(Presence presence))) {
          return;
        }
        Departure departure = stay.untilOut(presence);
        departure.throwIfHungUp();
        here = presence;
        how = departure.outcome();
      }
    } finally {
      holding.close();
    }
  }

  /**
   * Returns the participant with their seat in the next room. The seat was reserved when the move
   * began.
   */
  private Optional<Seated> next(Presence here, Held there) {
    Optional<Move> move = here.seat().move();
    Optional<ConferenceDocument> document = move.flatMap(to -> documents.find(to.to()));
    if (move.isEmpty() || document.isEmpty()) {
      return Optional.empty();
    }
    Guest guest =
        Guest.invited(
            Target.of(here.guest().target().caller(), document.get()),
            new Guest.Terms(move.get().flags(), ""));
    return Optional.of(new Seated(guest, here.seat().moveOn(move.get().to(), there)));
  }
}
