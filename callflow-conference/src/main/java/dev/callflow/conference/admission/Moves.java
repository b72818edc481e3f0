package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.Move;
import dev.callflow.conference.room.Rooms;
import java.util.Optional;

/** Goes along with somebody whom operators lead from room to room, until he leaves for good. */
public final class Moves {

  private final Rooms rooms;
  private final RoomDocuments documents;
  private final Join join;
  private final Stay inRoom;

  public Moves(Rooms rooms, RoomDocuments documents, Join join, Stay inRoom) {
    this.rooms = rooms;
    this.documents = documents;
    this.join = join;
    this.inRoom = inRoom;
  }

  /** Does nothing if he has not been moved; what becomes of him later is not his outcome here. */
  public void follow(Visit visit) {
    Visit here = visit;
    ConferenceOutcome outcome = visit.outcome;
    try {
      while (outcome == ConferenceOutcome.MOVED) {
        Optional<Visit> there = next(here);
        giveBack(here);
        if (there.isEmpty()) {
          return;
        }
        here = there.get();
        outcome = join.take(here).isPresent() ? ConferenceOutcome.FAILED : inRoom.stay(here);
      }
    } finally {
      giveBack(here);
    }
  }

  /** The seat there has been taken already; it is given back with this visit. */
  private Optional<Visit> next(Visit here) {
    Optional<Move> move = rooms.next(here.room(), here.call().id());
    if (move.isEmpty()) {
      return Optional.empty();
    }
    Optional<ConferenceDocument> document = documents.find(move.get().to());
    if (document.isEmpty()) {
      return Optional.empty();
    }
    Visit there = new Visit(here.call(), here.store(), here.media(), here.element, here.settings);
    there.found(document.get());
    there.moderator = move.get().flags().contains(MemberFlag.MODERATOR);
    there.flags = move.get().flags();
    there.atTheDoor = true;
    here.movedOn = true;
    return Optional.of(there);
  }

  /** Gives back his seat, and the one in the next room if he does not get there any more. */
  public void giveBack(Visit visit) {
    join.leaves(visit);
    if (visit.atTheDoor) {
      visit.atTheDoor = false;
      if (!visit.movedOn) {
        rooms
            .next(visit.room(), visit.call().id())
            .ifPresent(move -> rooms.leave(move.to(), visit.call().id()));
      }
      rooms.leave(visit.room(), visit.call().id());
    }
  }
}
