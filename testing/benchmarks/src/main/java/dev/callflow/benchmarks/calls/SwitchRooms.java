package dev.callflow.benchmarks.calls;

import dev.callflow.core.document.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rooms of the switch and their members. A room begins with its first member and ends with its
 * last one, and the next room of the same name has another id. Used by one thread.
 */
final class SwitchRooms {

  /** The energy level in the recorded events; a host would repair any difference. */
  private static final int ENERGY = 100;

  /**
   * A room that a member has just entered or left.
   *
   * @param room the name of the room
   * @param instance the id of the room, from its first member to its last
   * @param size the number of members
   */
  record Place(String room, String instance, int size) {}

  private record Room(String instance, Map<String, Integer> members) {}

  private final Map<String, Room> rooms = new LinkedHashMap<>();

  Place enter(String name, String call, int member) {
    Room room =
        rooms.computeIfAbsent(
            name, first -> new Room(UUID.randomUUID().toString(), new LinkedHashMap<>()));
    room.members.put(call, member);
    return place(name, room);
  }

  Place leave(String name, String call) {
    Room room = rooms.get(name);
    if (room == null || room.members.remove(call) == null) {
      throw new IllegalStateException("call " + call + " is not in room " + name);
    }
    if (room.members.isEmpty()) {
      rooms.remove(name);
    }
    return place(name, room);
  }

  private static Place place(String name, Room room) {
    return new Place(name, room.instance, room.members.size());
  }

  /** Returns what FreeSWITCH answers to {@code conference json_list}. */
  String list() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    rooms.forEach((name, room) -> all.add(described(name, room)));
    return all.isEmpty() ? "+OK No active conferences.\n" : all.toString();
  }

  /** Returns what FreeSWITCH answers to {@code conference NAME json_list}. */
  String list(String name) {
    Room room = rooms.get(name);
    return room == null
        ? "-ERR Conference " + name + " not found\n"
        : JsonNodeFactory.instance.arrayNode().add(described(name, room)).toString();
  }

  private static ObjectNode described(String name, Room room) {
    ObjectNode described = Json.object();
    described.put("conference_name", name).put("conference_uuid", room.instance);
    described.put("member_count", room.members.size()).put("run_time", 0);
    described.putObject("variables");
    ArrayNode members = described.putArray("members");
    room.members.forEach((call, member) -> {
      ObjectNode one = members.addObject().put("type", "caller").put("id", (int) member);
      one.put("uuid", call).put("energy", ENERGY).put("volume_in", 0).put("volume_out", 0);
      one.putObject("flags").put("can_hear", true).put("can_speak", true);
    });
    return described;
  }
}
