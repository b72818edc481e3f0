package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Carries out actions on all participants who are in the room when the mixer acts. */
final class BulkActions {

  private final Rooms rooms;
  private final Orders orders;

  BulkActions(Rooms rooms, Orders orders) {
    this.rooms = rooms;
    this.orders = orders;
  }

  ActionResult mute(RoomId room, boolean on) {
    return change(
        room,
        Member.Flag.MUTED,
        on,
        new MixerCommand.MuteAll(on),
        call -> new MixerCommand.Mute(call, on));
  }

  ActionResult deafen(RoomId room, boolean on) {
    return change(
        room,
        Member.Flag.DEAF,
        on,
        new MixerCommand.DeafAll(on),
        call -> new MixerCommand.Deaf(call, on));
  }

  /**
   * Changes all regular participants with one command, so that the mixer decides who is in the
   * room. The mixer does not know the roles that operators have assigned: the regular participants
   * whom it regards as moderators are then changed one by one.
   */
  private ActionResult change(
      RoomId room,
      Member.Flag flag,
      boolean on,
      MixerCommand all,
      Function<CallId, MixerCommand> one) {
    Map<CallId, Boolean> roles = rooms.ask(room, RoomState::changedRoles).orElse(Map.of());
    if (roles.containsValue(true)) {
      return changeListed(room, roles, flag, on, one);
    }
    Predicate<Member> concerned = member -> !member.moderator() && member.flags().has(flag) != on;
    List<Member> members = members(room).stream().filter(concerned).toList();
    Set<CallId> calls =
        members.stream()
            .map(Member::call)
            .filter(call -> !roles.containsKey(call))
            .collect(Collectors.toUnmodifiableSet());
    ActionResult result = orders.give(room, all, new Condition.All(calls, flag, on));
    if (result instanceof ActionResult.Refused refused
        && refused.reason() == ActionResult.Reason.UNKNOWN_CONFERENCE) {
      return Orders.DONE;
    }
    return result instanceof ActionResult.Done && !roles.isEmpty()
        ? each(
            room, members.stream().filter(member -> roles.containsKey(member.call())).toList(), one)
        : result;
  }

  /**
   * Changes one by one the regular participants whom the mixer lists. The mixer's command for all
   * would also change the moderators whom it regards as regular participants.
   */
  private ActionResult changeListed(
      RoomId room,
      Map<CallId, Boolean> roles,
      Member.Flag flag,
      boolean on,
      Function<CallId, MixerCommand> one) {
    return switch (orders.snapshot(room)) {
      case SnapshotReply.Shown(MixerSnapshot shown) ->
          each(
              room,
              shown.members().stream()
                  .filter(member -> !roles.getOrDefault(member.call(), member.moderator()))
                  .filter(member ->
                      member.flags().has(flag) != on || shown.held().contains(member.call()))
                  .toList(),
              one);
      case SnapshotReply.NoSuchRoom over -> Orders.DONE;
      case SnapshotReply.NoAnswer(String why) -> new ActionResult.Unknown(why);
    };
  }

  List<Member> members(RoomId room) {
    return rooms.snapshot(room).map(RoomSnapshot::members).orElse(List.of());
  }

  /**
   * Sends a command for each member, and reports those that the mixer refused; the others are
   * carried out nevertheless. A member who has left in the meantime does not count as a failure.
   */
  ActionResult each(RoomId room, List<Member> members, Function<CallId, MixerCommand> command) {
    List<ActionResult> results =
        orders.give(room, members.stream().map(Member::call).map(command).toList());
    List<Member> refused = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      switch (results.get(i)) {
        case ActionResult.Done done -> {}
        case ActionResult.Unknown unknown -> {
          return unknown;
        }
        case ActionResult.Refused refusal -> {
          if (refusal.reason() == ActionResult.Reason.BY_MIXER) {
            refused.add(members.get(i));
          }
        }
      }
    }
    return refused.isEmpty() ? Orders.DONE : refused(refused, members.size());
  }

  private static ActionResult refused(List<Member> refused, int all) {
    CallId first = refused.getFirst().call();
    return Refusals.refused(
        ActionResult.Reason.BY_MIXER,
        first.value(),
        "the mixer refused the action for "
            + refused.size()
            + " of "
            + all
            + " participants, first for "
            + first);
  }
}
