package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.RoomReply;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.setup.WireFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Resolves the target of a member command: a member ID, {@code all}, {@code last} etc. */
final class MemberTargets {

  static final String USAGE = " <[member_id|all]|last|non_moderator>";

  private final SimRooms rooms;
  private final Supplier<WireFaults> faults;
  private final Supplier<Instant> now;

  MemberTargets(SimRooms rooms, Supplier<WireFaults> faults, Supplier<Instant> now) {
    this.rooms = rooms;
    this.faults = faults;
    this.now = now;
  }

  /**
   * Returns a command that acts on each target member and adds one line per member to its answer.
   */
  RoomVerb each(String verb, String usage, String done, OnMember action) {
    return (room, words) ->
        words.isEmpty()
            ? verb + usage
            : of(
                room,
                words.getFirst(),
                verb + usage,
                member ->
                    action.act(room.name(), member.channel().uuid(), words) == RoomReply.NO_MEMBER
                        ? "-ERR Non-Existant ID " + member.number() + "\n"
                        : "+OK " + done + " " + member.number() + "\n");
  }

  /** An action on a member. */
  interface OnMember {
    RoomReply act(String room, String channel, List<String> words);
  }

  /**
   * Runs an action for each target member and joins the answers; returns the usage message if the
   * target is malformed.
   */
  String of(SimRoomState room, String target, String usage, Function<MemberState, String> action) {
    List<MemberState> members = addressable(room);
    if (target.equals("all")) {
      return String.join("", members.stream().map(action).toList());
    }
    if (target.equals("last")) {
      return members.stream()
          .max(Comparator.comparingInt(MemberState::number))
          .map(action)
          .orElse("");
    }
    if (target.equals("non_moderator")) {
      return String.join("", members.stream().map(it -> unlessModerator(it, action)).toList());
    }
    if (target.contains("=")) {
      String[] pair = target.split("=", 2);
      return members.stream()
          .filter(member -> variable(member, pair[0]).equals(pair[1]))
          .findFirst()
          .map(action)
          .orElse("-ERR Non-Existant member\n");
    }
    if (!target.matches("\\d+.*")) {
      return usage;
    }
    int id = Integer.parseInt(target.replaceAll("^(\\d{1,9}).*", "$1"));
    return members.stream()
        .filter(member -> member.number() == id)
        .findFirst()
        .map(action)
        .orElse("-ERR Non-Existant ID " + id + "\n");
  }

  /** Returns the members that commands can address, newest first. A fault may hide new members. */
  private List<MemberState> addressable(SimRoomState room) {
    Duration hidden = faults.get().unaddressable();
    Instant since = now.get().minus(hidden);
    return rooms.members(room.name()).reversed().stream()
        .filter(member -> !hidden.isPositive() || !member.joined().isAfter(since))
        .toList();
  }

  private static String unlessModerator(MemberState member, Function<MemberState, String> action) {
    return member.moderator()
        ? "Skipping moderator (member id " + member.number() + ").\n"
        : action.apply(member);
  }

  private static String variable(MemberState member, String name) {
    return name.equals("uuid")
        ? member.channel().uuid()
        : member.channel().variable(name).orElse("");
  }

  Optional<MemberState> byNumber(SimRoomState room, String number) {
    return rooms.members(room.name()).stream()
        .filter(member -> String.valueOf(member.number()).equals(number))
        .findFirst();
  }
}
