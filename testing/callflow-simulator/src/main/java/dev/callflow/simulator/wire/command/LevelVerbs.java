package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.RoomReply;
import dev.callflow.simulator.model.SimRoomState;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Commands that set or show a member's levels: agc, energy, volume_in and volume_out. */
final class LevelVerbs {

  private final SimRooms rooms;
  private final MemberTargets targets;

  LevelVerbs(SimRooms rooms, MemberTargets targets) {
    this.rooms = rooms;
    this.targets = targets;
  }

  Map<String, RoomVerb> verbs() {
    return Map.of(
        "agc", level(rooms::gainControl, MemberState::gainControl, "Agc "),
        "energy", level(rooms::energy, MemberState::energy, "Energy "),
        "volume_in", level(rooms::volumeIn, MemberState::volumeIn, "+OK Volume IN "),
        "volume_out", level(rooms::volumeOut, MemberState::volumeOut, "+OK Volume OUT "));
  }

  private interface SetLevel {
    RoomReply set(String room, String channel, int level);
  }

  private RoomVerb level(SetLevel action, ToIntFunction<MemberState> is, String done) {
    return (room, words) -> {
      if (words.isEmpty()) {
        return "energy <member_id|all|last|non_moderator> [<newval>]";
      }
      boolean given = words.size() > 1 && words.get(1).matches("-?\\d{1,5}");
      int level = given ? Integer.parseInt(words.get(1)) : 0;
      return targets.of(
          room,
          words.getFirst(),
          "energy <member_id|all|last|non_moderator>",
          member -> {
            RoomReply reply =
                given ? action.set(room.name(), member.channel().uuid(), level) : RoomReply.DONE;
            return reply == RoomReply.NO_MEMBER
                ? "-ERR Non-Existant ID " + member.number() + "\n"
                : done + member.number() + " = " + now(room, member, is) + "\n";
          });
    };
  }

  /** Returns the member's level after the command. */
  private int now(SimRoomState room, MemberState member, ToIntFunction<MemberState> is) {
    return targets
        .byNumber(room, String.valueOf(member.number()))
        .map(is::applyAsInt)
        .orElseGet(() -> is.applyAsInt(member));
  }
}
