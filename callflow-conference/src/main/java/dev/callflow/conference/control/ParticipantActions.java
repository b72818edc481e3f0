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
import java.util.List;
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

  /**
   * Performs an action, or refuses it if the participant is not in the conference.
   *
   * @param members the current members; empty if the conference is not running
   */
  ActionResult perform(RoomId room, List<Member> members, ConferenceAction.OfParticipant action) {
    return switch (action) {
      case ConferenceAction.Mute(String participant, boolean on) ->
          with(
              members,
              participant,
              member ->
                  member.muted() == on
                      ? Orders.DONE
                      : order(room, member, new MixerCommand.Mute(member.call(), on)));
      case ConferenceAction.Deaf(String participant, boolean on) ->
          with(
              members,
              participant,
              member ->
                  member.deaf() == on
                      ? Orders.DONE
                      : order(room, member, new MixerCommand.Deaf(member.call(), on)));
      case ConferenceAction.Kick(String participant, boolean ban) ->
          find(members, participant)
              .map(member -> kick(room, member, ban))
              .orElseGet(() -> kickWaiting(room, participant, ban));
      case ConferenceAction.Admit(String participant) ->
          find(members, participant)
              .map(alreadyIn -> Orders.DONE)
              .orElseGet(() -> admit(room, participant));
      case ConferenceAction.PlayTo(String participant, String text) ->
          with(
              members,
              participant,
              member ->
                  orders.give(
                      room,
                      new MixerCommand.PlayTo(member.call(), media.playable(room, text)),
                      participant));
      case ConferenceAction.Relate relate -> relate(room, members, relate);
      case ConferenceAction.Energy(String participant, int level) ->
          with(
              members,
              participant,
              member -> order(room, member, new MixerCommand.Energy(member.call(), level)));
      case ConferenceAction.TalkVolume(String participant, int level) ->
          with(
              members,
              participant,
              member -> order(room, member, new MixerCommand.TalkVolume(member.call(), level)));
      case ConferenceAction.ListenVolume(String participant, int level) ->
          with(
              members,
              participant,
              member -> order(room, member, new MixerCommand.ListenVolume(member.call(), level)));
      case ConferenceAction.SetRole(String participant, boolean moderator) ->
          with(members, participant, member -> role(room, member, participant, moderator));
      case ConferenceAction.Move(String participant, String conference) ->
          with(
              members,
              participant,
              member -> move.move(room, member, new RoomId(room.account(), conference)));
    };
  }

  private static ActionResult with(
      List<Member> members, String participant, Function<Member, ActionResult> task) {
    return find(members, participant)
        .map(task)
        .orElseGet(() -> Refusals.unknownParticipant(participant));
  }

  private static Optional<Member> find(List<Member> members, String id) {
    return members.stream()
        .filter(it -> it.call().value().equals(id) || String.valueOf(it.number()).equals(id))
        .findFirst();
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
    return rooms.snapshot(room).stream()
        .flatMap(snapshot -> snapshot.waiting().stream())
        .filter(caller -> caller.call().value().equals(participant))
        .findFirst();
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

  private ActionResult relate(RoomId room, List<Member> members, ConferenceAction.Relate relate) {
    Optional<Member> first = find(members, relate.participant());
    Optional<Member> second = find(members, relate.other());
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
