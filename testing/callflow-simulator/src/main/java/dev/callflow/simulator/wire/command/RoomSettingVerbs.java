package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.event.EventWriter;
import dev.callflow.simulator.wire.text.CNumber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Commands that concern a room as a whole: its lock, variables, parameters and PINs. */
final class RoomSettingVerbs {

  private final SimRooms rooms;
  private final RoomListings listings;

  RoomSettingVerbs(SimRooms rooms, RoomListings listings) {
    this.rooms = rooms;
    this.listings = listings;
  }

  Map<String, RoomVerb> verbs() {
    return Map.of(
        "lock", (room, words) -> lock(room, true),
        "unlock", (room, words) -> lock(room, false),
        "setvar", this::setVariable,
        "getvar",
            (room, words) ->
                words.isEmpty() ? "" : room.variables().getOrDefault(words.getFirst(), ""),
        "get",
            (room, words) ->
                words.isEmpty() ? "get <parameter-name>" : parameter(room, words.getFirst()),
        "set", this::set,
        "pin", this::pin,
        "nopin", (room, words) -> noPin(room));
  }

  private String lock(SimRoomState room, boolean on) {
    rooms.lock(room.name(), on);
    return "+OK " + room.name() + (on ? " locked\n" : " unlocked\n");
  }

  private String setVariable(SimRoomState room, List<String> words) {
    if (!words.isEmpty()) {
      rooms.assign(room.name(), Map.of(words.getFirst(), words.size() > 1 ? words.get(1) : ""));
    }
    return "+OK\n";
  }

  private String parameter(SimRoomState room, String name) {
    return switch (name) {
      case "run_time" -> listings.runTime(room);
      case "count" -> String.valueOf(room.size());
      case "count_ghosts" -> String.valueOf(room.ghosts());
      case "max_members" -> String.valueOf(room.maxMembers().orElse(0));
      case "rate" -> "8000";
      case "profile_name" -> room.profile();
      case "sound_prefix" -> EventWriter.SOUNDS.substring(0, EventWriter.SOUNDS.length() - 1);
      case "caller_id_name" -> "FreeSWITCH";
      case "caller_id_number" -> "0000000000";
      case "is_locked" -> room.locked() ? "locked" : "";
      case "endconference_grace_time" -> String.valueOf(room.grace().toSeconds());
      case "uuid" -> room.uuid();
      case "wait_mod" -> room.waits() ? "true" : "";
      default -> "get <parameter-name>";
    };
  }

  private String set(SimRoomState room, List<String> words) {
    if (words.size() == 2 && words.getFirst().equals("max_members")) {
      int max = words.get(1).matches("\\d{1,9}") ? Integer.parseInt(words.get(1)) : 0;
      rooms.limit(room.name(), max < 1 ? OptionalInt.empty() : OptionalInt.of(max));
      return String.valueOf(room.maxMembers().orElse(0));
    }
    if (words.size() == 2 && words.getFirst().equals("endconference_grace_time")) {
      rooms.grace(room.name(), Duration.ofSeconds(CNumber.of(words.get(1))));
      return String.valueOf(room.grace().toSeconds());
    }
    return "set <max_members|sound_prefix|caller_id_name|caller_id_number|"
        + "endconference_grace_time> <value>";
  }

  /** Sets a PIN. As in FreeSWITCH, any word is accepted and repeated in the answer. */
  private String pin(SimRoomState room, List<String> words) {
    if (words.isEmpty()) {
      return "-ERR Invalid parameters:\npin <pin#>";
    }
    boolean moderator = words.getFirst().equals("mod") && words.size() > 1;
    String pin = moderator ? words.get(1) : words.getFirst();
    if (moderator) {
      rooms.moderatorPin(room.name(), pin);
    } else {
      rooms.memberPin(room.name(), pin);
    }
    return "+OK "
        + (moderator ? "Moderator " : "")
        + "Pin for conference "
        + room.name()
        + " set: "
        + pin
        + "\n";
  }

  private String noPin(SimRoomState room) {
    rooms.memberPin(room.name(), "");
    return "+OK Pin for conference " + room.name() + " deleted\n";
  }
}
