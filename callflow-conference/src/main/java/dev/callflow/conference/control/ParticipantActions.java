package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.Rooms;
import java.util.Optional;
import java.util.function.Function;

/** Carries out actions on one participant, who is identified by their call id or member id. */
final class ParticipantActions {

  private final Rooms rooms;
  private final Orders orders;
  private final Keeping keeping;
  private final Bans bans;
  private final OperatorMedia media;
  private final MoveToRoom move;

  ParticipantActions(
      Rooms rooms, Orders orders, Keeping keeping, OperatorMedia media, MoveToRoom move) {
    this.rooms = rooms;
    this.orders = orders;
    this.keeping = keeping;
    this.bans = new Bans(rooms, keeping);
    this.media = media;
    this.move = move;
  }

  /** Performs an action, or refuses it if the participant is not in the conference. */
  ActionResult perform(RoomId room, ConferenceAction.OfParticipant action) {
    return switch (action) {
      case ConferenceAction.Mute(String participant, boolean on) ->
          with(
              room,
              participant,
              member ->
                  member.muted() == on
                      ? Orders.DONE
                      : order(room, member, new MixerCommand.Mute(member.call(), on)));
      case ConferenceAction.Deaf(String participant, boolean on) ->
          with(
              room,
              participant,
              member ->
                  member.deaf() == on
                      ? Orders.DONE
                      : order(room, member, new MixerCommand.Deaf(member.call(), on)));
      case ConferenceAction.Kick(String participant, boolean ban) ->
          find(room, participant)
              .map(member -> kick(room, member, ban))
              .orElseGet(() -> kickWaiting(room, participant, ban));
      case ConferenceAction.Admit(String participant) ->
          find(room, participant)
              .map(alreadyIn -> Orders.DONE)
              .orElseGet(() -> admit(room, participant));
      case ConferenceAction.PlayTo(String participant, String text) ->
          with(
              room,
              participant,
              member ->
                  orders.give(
                      room,
                      new MixerCommand.PlayTo(member.call(), media.playable(room, text)),
                      participant));
      case ConferenceAction.Relate relate -> relate(room, relate);
      case ConferenceAction.Energy(String participant, int level) ->
          with(
              room,
              participant,
              member -> order(room, member, new MixerCommand.Energy(member.call(), level)));
      case ConferenceAction.TalkVolume(String participant, int level) ->
          with(
              room,
              participant,
              member -> order(room, member, new MixerCommand.TalkVolume(member.call(), level)));
      case ConferenceAction.ListenVolume(String participant, int level) ->
          with(
              room,
              participant,
              member -> order(room, member, new MixerCommand.ListenVolume(member.call(), level)));
      case ConferenceAction.SetRole(String participant, boolean moderator) ->
          with(room, participant, member -> role(room, member, participant, moderator));
      case ConferenceAction.Move(String participant, String conference) ->
          with(
              room,
              participant,
              member -> move.move(room, member, new RoomId(room.account(), conference)));
    };
  }

  private ActionResult with(RoomId room, String participant, Function<Member, ActionResult> task) {
    return find(room, participant)
        .map(task)
        .orElseGet(() -> Refusals.unknownParticipant(participant));
  }

  private Optional<Member> find(RoomId room, String id) {
    return rooms.ask(room, state -> state.find(id)).flatMap(Function.identity());
  }

  private ActionResult order(RoomId room, Member member, MixerCommand command) {
    return orders.give(room, command, member.call().value());
  }

  private ActionResult kick(RoomId room, Member member, boolean ban) {
    ActionResult banned = ban ? bans.ban(room, member.callerNumber()) : Orders.DONE;
    ConferenceWideActions.announceKick(rooms, room, member);
    ActionResult kicked = order(room, member, new MixerCommand.Kick(member.call()));
    return kicked instanceof ActionResult.Done ? banned : kicked;
  }

  private ActionResult kickWaiting(RoomId room, String participant, boolean ban) {
    Optional<WaitingCaller> caller = waiting(room, participant);
    if (caller.isEmpty()
        || !rooms.ask(room, state -> state.kickWaiting(caller.get().call())).orElse(false)) {
      return Refusals.unknownParticipant(participant);
    }
    return ban ? bans.ban(room, caller.get().callerNumber()) : Orders.DONE;
  }

  private Optional<WaitingCaller> waiting(RoomId room, String participant) {
    return rooms.ask(room, state -> state.waiting(participant)).flatMap(Function.identity());
  }

  private ActionResult admit(RoomId room, String participant) {
    Optional<JoinDecision> decision =
        waiting(room, participant)
            .flatMap(caller -> rooms.ask(room, state -> state.admit(caller.call())))
            .flatMap(Function.identity());
    if (decision.isEmpty()) {
      return Refusals.unknownParticipant(participant);
    }
    return decision.get() instanceof JoinDecision.Refused
        ? Refusals.refused(ActionResult.Reason.NOT_POSSIBLE, participant, "the conference is full")
        : Orders.DONE;
  }

  private ActionResult role(RoomId room, Member member, String participant, boolean moderator) {
    boolean set = rooms.ask(room, state -> state.role(member.call(), moderator)).orElse(false);
    return set
        ? keeping.keep(room, KeptVariables.role(member.call(), moderator))
        : Refusals.unknownParticipant(participant);
  }

  private ActionResult relate(RoomId room, ConferenceAction.Relate relate) {
    Optional<Member> first = find(room, relate.participant());
    Optional<Member> second = find(room, relate.other());
    if (second.isEmpty() || first.equals(second)) {
      return Refusals.unknownParticipant(relate.other());
    }
    if (first.isEmpty()) {
      return Refusals.unknownParticipant(relate.participant());
    }
    return orders.give(
        room,
        new MixerCommand.Relate(first.get().call(), second.get().call(), relate.relation()),
        relate.participant());
  }
}
