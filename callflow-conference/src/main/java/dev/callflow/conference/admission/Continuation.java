package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Returning;
import dev.callflow.conference.visit.Step;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.document.DocumentType;
import java.util.Optional;

/**
 * Continues visits that callers began under an earlier process
 * (docs/spec/conference.md#when-the-host-restarts): finds the caller's conference again and, if
 * they were in the room, how they left it.
 */
public final class Continuation {

  private final FindRoom findRoom;
  private final RoomDocuments documents;
  private final Mixer mixer;
  private final Returning returning;

  public Continuation(
      FindRoom findRoom, RoomDocuments documents, Mixer mixer, Returning returning) {
    this.findRoom = findRoom;
    this.documents = documents;
    this.mixer = mixer;
    this.returning = returning;
  }

  /** Finds the conference that the caller had reached. */
  Result<Target> target(Caller caller, Step step) {
    RoomId room = new RoomId(caller.call().account(), step.conference());
    Optional<Boolean> moderator =
        step instanceof Step.Pin pin ? pin.moderatorByNumber() : Optional.empty();
    return findRoom
        .find(caller)
        .then(named ->
            named
                .filter(target -> target.room().equals(room))
                .or(() ->
                    caller
                        .store()
                        .find(room.account(), DocumentType.CONFERENCE, room.conference())
                        .map(stored ->
                            ConferenceDocument.stored(AskForNumber.overlaid(caller, stored)))
                        .or(() -> documents.find(room))
                        .map(document -> Target.of(caller, document, moderator)))
                .map(Result::passed)
                .orElseGet(() ->
                    Result.refused(caller.refuse(ConferenceOutcome.NOT_FOUND, "conf-bad_conf"))));
  }

  /** Returns how a member left the room; empty if they must now enter it. */
  Optional<Ended> ended(Caller caller, Step.Inside step) {
    Optional<Ended> known =
        returning.take(caller.call().id()).map(visit -> ended(caller, step, visit));
    if (known.isPresent()) {
      return known;
    }
    // The member left while no host was running. If the room is still running, they enter it again.
    RoomId room = new RoomId(caller.call().account(), step.conference());
    return mixer.snapshot(room) instanceof SnapshotReply.NoSuchRoom
        ? Optional.of(new Ended(outcome(step, ConferenceOutcome.ENDED), Optional.empty()))
        : Optional.empty();
  }

  private Ended ended(Caller caller, Step.Inside step, Returning.Visit visit) {
    boolean moves = visit.outcome() == ConferenceOutcome.MOVED;
    return new Ended(
        outcome(step, visit.outcome()), moves ? moving(caller, step, visit) : Optional.empty());
  }

  private Optional<Moving> moving(Caller caller, Step.Inside step, Returning.Visit visit) {
    RoomId room = new RoomId(caller.call().account(), step.conference());
    Optional<ConferenceDocument> document = documents.find(room);
    return document.map(found ->
        new Moving(
            new Presence(
                Guest.caller(Target.of(caller, found), step.moderator()), visit.seat(), ""),
            visit));
  }

  /** Members who were moved to this room take the branch {@code moved}, however they leave it. */
  private static ConferenceOutcome outcome(Step.Inside step, ConferenceOutcome outcome) {
    return step.invitation().isPresent() ? ConferenceOutcome.MOVED : outcome;
  }

  /**
   * The end of a stay that began under an earlier process.
   *
   * @param outcome the outcome of the visit
   * @param moving the member and what they hold; empty unless they are being moved
   */
  record Ended(ConferenceOutcome outcome, Optional<Moving> moving) {}

  /**
   * A member who is being moved to another room.
   *
   * @param presence the member's presence in the room that they have left
   * @param visit how they left it, with their seat and what they hold
   */
  record Moving(Presence presence, Returning.Visit visit) {}
}
