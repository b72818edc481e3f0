package dev.callflow.conference.control;

import static dev.callflow.conference.control.Refusals.refused;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Invitation;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.Move;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import dev.callflow.core.limit.Grant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a member to another room of the account. A seat there is taken first, so that a member is
 * kicked from their room only if they can enter the other one. The thread of the member's call then
 * brings them into the other room; see the package {@code admission}.
 */
final class MoveToRoom {

  private final Rooms rooms;
  private final RoomDocuments documents;
  private final Orders orders;

  MoveToRoom(Rooms rooms, RoomDocuments documents, Orders orders) {
    this.rooms = rooms;
    this.documents = documents;
    this.orders = orders;
  }

  ActionResult move(RoomId from, Member member, RoomId to) {
    if (to.equals(from)) {
      return Refusals.invalid("conference_id", "enum", "must be another conference");
    }
    Optional<ConferenceDocument> document = documents.find(to);
    if (document.isEmpty()) {
      return Refusals.unknownConference(to.conference());
    }
    CallId call = member.call();
    JoinDecision decision = rooms.invite(to, invitation(member, to, document.get()));
    if (decision instanceof JoinDecision.Limited(Grant.Reached reached)) {
      return Refusals.limit(reached);
    }
    if (!(decision instanceof JoinDecision.Seated)) {
      return refused(Reason.NOT_POSSIBLE, to.conference(), "the other conference is full");
    }
    Move move = new Move(to, flags(member));
    if (!rooms.ask(from, state -> state.moves(call, move)).orElse(false)) {
      rooms.tellAlways(to, state -> state.leave(call));
      return refused(Reason.NOT_POSSIBLE, call.value(), "this process does not control the call");
    }
    ActionResult result = orders.give(from, new MixerCommand.Kick(call), call.value());
    if (result instanceof ActionResult.Refused) {
      rooms.tellAlways(from, state -> state.stays(call));
      rooms.tellAlways(to, state -> state.leave(call));
    }
    return result;
  }

  private Invitation invitation(Member member, RoomId to, ConferenceDocument document) {
    return new Invitation(
        member.call(),
        member.callerNumber(),
        member.moderator(),
        member.moderator() && document.seating().moderatorExempt(),
        member.ghost(),
        false,
        documents.rules(to, document));
  }

  /** Returns the flags with which the member joins the other room: the flags that they have now. */
  private static Set<MemberFlag> flags(Member member) {
    Set<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
    if (member.moderator()) {
      flags.add(MemberFlag.MODERATOR);
    }
    if (member.muted()) {
      flags.add(MemberFlag.MUTE);
    }
    if (member.deaf()) {
      flags.add(MemberFlag.DEAF);
    }
    if (member.ghost()) {
      flags.add(MemberFlag.GHOST);
    }
    if (member.videoMuted()) {
      flags.add(MemberFlag.VIDEO_MUTE);
    }
    return flags;
  }
}
