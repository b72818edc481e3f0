package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.Relation;
import dev.callflow.simulator.model.SimRoomState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Carries out {@code conference NAME relate}, which shows and sets relations between members. */
final class RelateVerb implements RoomVerb {

  private final SimRooms rooms;
  private final MemberTargets targets;

  RelateVerb(SimRooms rooms, MemberTargets targets) {
    this.rooms = rooms;
    this.targets = targets;
  }

  @Override
  public String run(SimRoomState room, List<String> words) {
    List<Relation> all = rooms.relations(room.name());
    if (words.isEmpty()) {
      return all.isEmpty() ? "+OK No relationships\n" : "";
    }
    if (words.size() == 1) {
      return String.join(
          "",
          all.stream()
              .filter(it -> String.valueOf(it.member()).equals(words.getFirst()))
              .map(RelateVerb::line)
              .toList());
    }
    if (words.size() < 3) {
      return "relate <member_id>[,<member_id>] <other_member_id>[,<other_member_id>]"
          + " [nospeak|nohear|clear]";
    }
    return relate(room, words);
  }

  private static String line(Relation relation) {
    return String.format(
        Locale.ROOT,
        "%d -> %d %s %s NOSENDVIDEO \n",
        relation.member(),
        relation.other(),
        relation.speaks() ? "SPEAK" : "NOSPEAK",
        relation.hears() ? "HEAR" : "NOHEAR");
  }

  private String relate(SimRoomState room, List<String> words) {
    Optional<MemberState> one = targets.byNumber(room, words.getFirst());
    Optional<MemberState> other = targets.byNumber(room, words.get(1));
    String pair = words.getFirst() + "->" + words.get(1);
    if (one.isEmpty() || other.isEmpty()) {
      return "-ERR relationship " + pair + " not found.\n";
    }
    String what = words.get(2);
    rooms.relate(
        room.name(),
        one.get().channel().uuid(),
        other.get().channel().uuid(),
        !what.equals("nospeak"),
        !what.equals("nohear"));
    return what.equals("clear")
        ? "+OK relationship " + pair + " cleared.\n"
        : "+OK " + pair + " " + what + " set\n";
  }
}
