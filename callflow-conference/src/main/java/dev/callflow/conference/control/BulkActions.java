package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
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

  /**
   * How often the members are looked up again, if they must be changed one by one, in order to
   * reach those who have joined in the meantime.
   */
  private static final int MAX_ROUNDS = 3;

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
   * whom it regards as moderators are changed one by one, and if there are moderators whom it
   * regards as regular participants, so are all.
   */
  private ActionResult change(
      RoomId room,
      Member.Flag flag,
      boolean on,
      MixerCommand all,
      Function<CallId, MixerCommand> one) {
    Map<CallId, Boolean> roles = rooms.ask(room, RoomState::changedRoles).orElse(Map.of());
    Predicate<Member> concerned = member -> !member.moderator() && member.flags().has(flag) != on;
    if (roles.containsValue(true)) {
      return oneByOne(room, concerned, one);
    }
    Set<CallId> calls =
        members(room).stream()
            .filter(concerned)
            .map(Member::call)
            .filter(call -> !roles.containsKey(call))
            .collect(Collectors.toUnmodifiableSet());
    ActionResult result = orders.give(room, all, new Condition.All(calls, flag, on));
    if (result instanceof ActionResult.Refused refused
        && refused.reason() == ActionResult.Reason.UNKNOWN_CONFERENCE) {
      return Orders.DONE;
    }
    return result instanceof ActionResult.Done && !roles.isEmpty()
        ? oneByOne(room, member -> concerned.test(member) && roles.containsKey(member.call()), one)
        : result;
  }

  private ActionResult oneByOne(
      RoomId room, Predicate<Member> concerned, Function<CallId, MixerCommand> command) {
    ActionResult result = Orders.DONE;
    for (int round = 0; round < MAX_ROUNDS && result instanceof ActionResult.Done; round++) {
      List<Member> members = members(room).stream().filter(concerned).toList();
      if (members.isEmpty()) {
        return result;
      }
      result = each(room, members, command);
    }
    return result;
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
