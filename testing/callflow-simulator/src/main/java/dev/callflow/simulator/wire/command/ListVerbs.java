package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Commands that list the members of a room, or all rooms. */
final class ListVerbs {

  private final SimRooms rooms;
  private final RoomListings listings;

  ListVerbs(SimRooms rooms, RoomListings listings) {
    this.rooms = rooms;
    this.listings = listings;
  }

  Map<String, RoomVerb> verbs() {
    return Map.of(
        "count", (room, words) -> String.valueOf(room.size()),
        "list", this::list,
        "json_list", (room, words) -> listings.json(List.of(room), words.contains("compact")),
        "xml_list", (room, words) -> listings.xml(List.of(room)));
  }

  /** Returns the output of {@code conference list}. */
  String all() {
    List<SimRoomState> all = rooms.all();
    return all.isEmpty()
        ? "+OK No active conferences.\n"
        : String.join("", all.stream().map(room -> header(room) + list(room, List.of())).toList());
  }

  private static String header(SimRoomState room) {
    return "+OK Conference "
        + room.name()
        + " ("
        + room.size()
        + (room.size() == 1 ? " member" : " members")
        + " rate: 8000 flags: "
        + (room.locked() ? "locked|" : "")
        + (room.waits() ? "wait_mod|" : "")
        + "running|answered|enforce_min|dynamic|exit_sound|enter_sound|json_status)\n";
  }

  private String list(SimRoomState room, List<String> words) {
    String form = words.isEmpty() ? "" : words.getFirst();
    List<MemberState> members = rooms.members(room.name()).reversed();
    if (form.equals("count")) {
      return String.valueOf(room.size());
    }
    if (form.equals("pretty")) {
      return String.join("", members.stream().map(ListVerbs::pretty).toList());
    }
    String between = form.equals("delim") && words.size() > 1 ? words.get(1) : ";";
    return String.join("", members.stream().map(it -> line(it, between)).toList());
  }

  private static String pretty(MemberState member) {
    return String.format(
        Locale.ROOT,
        "%d) %s (%s)\n",
        member.number(),
        member.channel().callerName(),
        member.channel().callerNumber());
  }

  private static String line(MemberState member, String between) {
    return String.join(
            between,
            String.valueOf(member.number()),
            member.channel().name(),
            member.channel().uuid(),
            member.channel().callerName(),
            member.channel().callerNumber(),
            String.join("|", flags(member)),
            String.valueOf(member.volumeIn()),
            String.valueOf(member.volumeOut()),
            String.valueOf(member.energy()))
        + "\n";
  }

  private static List<String> flags(MemberState member) {
    List<String> flags = new ArrayList<>();
    add(flags, "hear", !member.deaf());
    add(flags, "speak", !member.muted());
    add(flags, "talking", member.talking());
    add(flags, "floor", member.floor());
    add(flags, "moderator", member.moderator());
    add(flags, "ghost", member.ghost());
    return flags;
  }

  private static void add(List<String> flags, String flag, boolean on) {
    if (on) {
      flags.add(flag);
    }
  }
}
