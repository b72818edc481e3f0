package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that act on individual members: mute, deaf, kick, floor, hold, dtmf, transfer. */
final class MemberVerbs {

  private static final String MUTE = " <[member_id|all]|last|non_moderator> [<quiet>]";
  private static final String KICK =
      " <[member_id|all|last|non_moderator]> [<optional sound file>]";

  private final SimRooms rooms;
  private final MemberTargets targets;

  MemberVerbs(SimRooms rooms, MemberTargets targets) {
    this.rooms = rooms;
    this.targets = targets;
  }

  Map<String, RoomVerb> verbs() {
    return Map.ofEntries(
        Map.entry("mute", mute("mute", true)),
        Map.entry("unmute", mute("unmute", false)),
        Map.entry("tmute", this::toggle),
        Map.entry("deaf", each("deaf", "deaf", (room, it, words) -> rooms.deafen(room, it, true))),
        Map.entry(
            "undeaf", each("undeaf", "undeaf", (room, it, words) -> rooms.deafen(room, it, false))),
        Map.entry("get-uuid", this::uuid),
        Map.entry(
            "kick",
            targets.each(
                "kick", KICK, "kicked", (room, it, words) -> rooms.kick(room, it, second(words)))),
        Map.entry("hup", each("hup", "hup", (room, it, words) -> rooms.hup(room, it))),
        Map.entry("floor", this::floor),
        Map.entry("hold", each("hold", "hold", (room, it, words) -> rooms.hold(room, it, true))),
        Map.entry(
            "unhold", each("unhold", "unhold", (room, it, words) -> rooms.hold(room, it, false))),
        Map.entry("dtmf", this::send),
        Map.entry("transfer", this::transfer));
  }

  private RoomVerb each(String verb, String done, MemberTargets.OnMember action) {
    return targets.each(verb, MemberTargets.USAGE, done, action);
  }

  private RoomVerb mute(String verb, boolean on) {
    return targets.each(
        verb,
        MUTE,
        verb,
        (room, it, words) ->
            rooms.mute(room, it, on, second(words).filter("quiet"::equals).isPresent()));
  }

  private String toggle(SimRoomState room, List<String> words) {
    return words.isEmpty()
        ? "tmute" + MUTE
        : targets.of(
            room,
            words.getFirst(),
            "tmute" + MUTE,
            member -> {
              rooms.mute(room.name(), member.channel().uuid(), !member.muted());
              return "+OK " + (member.muted() ? "unmute " : "mute ") + member.number() + "\n";
            });
  }

  private String uuid(SimRoomState room, List<String> words) {
    String usage = "get-uuid" + MemberTargets.USAGE;
    return words.isEmpty()
        ? usage
        : targets.of(room, words.getFirst(), usage, member -> member.channel().uuid());
  }

  private String floor(SimRoomState room, List<String> words) {
    String usage = "floor <member_id|last>";
    return words.isEmpty()
        ? "floor" + MemberTargets.USAGE
        : targets.of(room, words.getFirst(), usage, member -> floor(room, member));
  }

  /** Gives a member the floor if it is free, or takes it from them if they have it. */
  private String floor(SimRoomState room, MemberState member) {
    Optional<MemberState> holder =
        rooms.members(room.name()).stream().filter(MemberState::floor).findFirst();
    if (holder.isEmpty()) {
      rooms.floor(room.name(), member.channel().uuid());
      return "+OK floor " + member.number() + "\n";
    }
    if (holder.get().number() == member.number()) {
      rooms.releaseFloor(room.name());
      return "+OK floor none\n";
    }
    return "-ERR floor is held by " + holder.get().number() + "\n";
  }

  private String send(SimRoomState room, List<String> words) {
    String usage = "dtmf <[member_id|all|last|non_moderator]> <digits>";
    return words.size() < 2
        ? usage
        : targets.of(
            room,
            words.getFirst(),
            usage,
            member -> {
              rooms.send(room.name(), member.channel().uuid(), words.get(1));
              return "+OK sent " + words.get(1) + " to " + member.number() + "\n";
            });
  }

  private String transfer(SimRoomState room, List<String> words) {
    if (words.size() < 2) {
      return "transfer <conference_name> <member id> [...<member id>]";
    }
    StringBuilder text = new StringBuilder();
    for (String id : words.subList(1, words.size())) {
      Optional<MemberState> member = targets.byNumber(room, id);
      member.ifPresent(it -> rooms.move(room.name(), it.channel().uuid(), words.getFirst()));
      text.append(
          member.isPresent()
              ? "+OK Member '" + id + "' sent to conference " + words.getFirst() + ".\n"
              : "-ERR No Member " + id + " in conference " + room.name() + ".\n");
    }
    return text.toString();
  }

  private static Optional<String> second(List<String> words) {
    return words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty();
  }
}
