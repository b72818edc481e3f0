package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.event.WireEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the output of {@code json_list} and {@code xml_list}, with the newest member first, as in
 * FreeSWITCH.
 */
final class RoomListings {

  private final SimRooms rooms;
  private final Supplier<Instant> now;

  RoomListings(SimRooms rooms, Supplier<Instant> now) {
    this.rooms = rooms;
    this.now = now;
  }

  String runTime(SimRoomState room) {
    return String.valueOf(since(room.created()));
  }

  /**
   * Returns the number of seconds since an instant. As in FreeSWITCH, both times are rounded down
   * to whole seconds first.
   */
  private long since(Instant at) {
    return now.get().getEpochSecond() - at.getEpochSecond();
  }

  String json(List<SimRoomState> listed, boolean compact) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (SimRoomState room : listed) {
      ObjectNode object = all.addObject();
      object.put("conference_name", room.name());
      object.put("member_count", room.size());
      object.put("ghost_count", room.ghosts());
      object.put("rate", 8000);
      object.put("run_time", since(room.created()));
      object.put("conference_uuid", room.uuid());
      for (String zero :
          List.of("canvas_count", "max_bw_in", "force_bw_in", "video_floor_packets")) {
        object.put(zero, 0);
      }
      object.put("locked", room.locked());
      object.put("destruct", false);
      object.put("wait_mod", room.waits());
      object.put("audio_always", false);
      flags(room).forEach(object::put);
      object.put("recording", !room.recordings().isEmpty());
      object.put("video_bridge", false);
      object.put("video_floor_only", false);
      object.put("video_rfc4579", false);
      room.maxMembers().ifPresent(max -> object.put("max_members", max));
      ObjectNode variables = object.putObject("variables");
      room.variables().forEach(variables::put);
      ArrayNode members = object.putArray("members");
      for (String path : room.recordings()) {
        ObjectNode node =
            members.addObject().put("type", "recording_node").put("record_path", path);
        if (room.paused().contains(path)) {
          node.put("status", "paused");
        }
        node.put("join_time", since(room.created()));
      }
      rooms.members(room.name()).reversed().forEach(member -> json(members.addObject(), member));
    }
    return compact || listed.isEmpty() ? all.toString() : PrettyJson.of(all);
  }

  private static Map<String, Boolean> flags(SimRoomState room) {
    Map<String, Boolean> flags = new LinkedHashMap<>();
    flags.put("running", true);
    flags.put("answered", true);
    flags.put("enforce_min", true);
    flags.put("bridge_to", false);
    flags.put("dynamic", true);
    flags.put("exit_sound", room.settings().exitSoundsOn());
    flags.put("enter_sound", room.settings().enterSoundsOn());
    return flags;
  }

  private static Map<String, Boolean> flags(MemberState member) {
    Map<String, Boolean> flags = new LinkedHashMap<>();
    flags.put("can_hear", !member.deaf() && !member.held());
    flags.put("can_see", !member.held());
    flags.put("can_speak", !member.muted() && !member.held());
    flags.put("hold", member.held());
    flags.put("mute_detect", member.flags().contains("mute-detect"));
    flags.put("talking", member.talking());
    flags.put("has_video", false);
    flags.put("video_bridge", false);
    flags.put("has_floor", member.floor());
    flags.put("is_moderator", member.moderator());
    flags.put("end_conference", member.flags().contains("endconf"));
    flags.put(
        "mandatory_member_end_conference", member.flags().contains("mandatory_member_endconf"));
    return flags;
  }

  private void json(ObjectNode object, MemberState member) {
    object.put("type", "caller");
    object.put("id", member.number());
    ObjectNode flags = object.putObject("flags");
    flags(member).forEach(flags::put);
    flags.put("pass_digits", member.flags().contains("dist-dtmf"));
    object.put("uuid", member.channel().uuid());
    object.put("caller_id_name", member.channel().callerName());
    object.put("caller_id_number", member.channel().callerNumber());
    object.put("join_time", since(member.joined()));
    object.put("last_talking", 0);
    object.put("energy", member.energy());
    object.put("volume_in", member.volumeIn());
    object.put("volume_out", member.volumeOut());
    object.put("output-volume", member.volumeOut());
    object.put("input-volume", member.volumeIn());
  }

  String xml(List<SimRoomState> listed) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\n<conferences>\n");
    for (SimRoomState room : listed) {
      text.append(
          String.format(
              Locale.ROOT,
              "  <conference name=\"%s\" member-count=\"%d\" ghost-count=\"%d\" rate=\"8000\""
                  + " uuid=\"%s\"",
              room.name(),
              room.size(),
              room.ghosts(),
              room.uuid()));
      if (room.locked()) {
        text.append(" locked=\"true\"");
      }
      if (room.waits()) {
        text.append(" wait_mod=\"true\"");
      }
      flags(room).forEach((flag, on) -> text.append(on ? " %s=\"true\"".formatted(flag) : ""));
      text.append(
          String.format(Locale.ROOT, " run_time=\"%d\">\n    <variables>", since(room.created())));
      room.variables()
          .forEach((name, value) ->
              text.append(
                  "\n      <variable name=\"%s\" value=\"%s\"></variable>"
                      .formatted(name, escaped(value))));
      text.append(room.variables().isEmpty() ? "</variables>" : "\n    </variables>");
      text.append("\n    <members>\n");
      rooms.members(room.name()).reversed().forEach(member -> xml(text, member));
      text.append("    </members>\n  </conference>\n");
    }
    return text.append("</conferences>\n").toString();
  }

  private void xml(StringBuilder text, MemberState member) {
    text.append("      <member type=\"caller\">\n");
    element(text, 8, "id", member.number());
    text.append("        <flags>\n");
    Map<String, Boolean> flags = new LinkedHashMap<>(flags(member));
    flags.remove("hold");
    flags.forEach((name, on) -> {
      element(text, 10, name, on);
      if (name.equals("talking")) {
        element(text, 10, "hold", member.held());
      }
    });
    element(text, 10, "is_ghost", member.ghost());
    text.append("        </flags>\n");
    element(text, 8, "uuid", member.channel().uuid());
    element(text, 8, "caller_id_name", WireEvent.encode(member.channel().callerName()));
    element(text, 8, "caller_id_number", WireEvent.encode(member.channel().callerNumber()));
    element(text, 8, "join_time", since(member.joined()));
    element(text, 8, "last_talking", "N/A");
    element(text, 8, "energy", member.energy());
    element(text, 8, "volume_in", member.volumeIn());
    element(text, 8, "volume_out", member.volumeOut());
    element(text, 8, "output-volume", member.volumeOut());
    text.append("      </member>\n");
  }

  /** Escapes an attribute value as FreeSWITCH does. */
  private static String escaped(String value) {
    return WireEvent.numbered(
        value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
  }

  private static void element(StringBuilder text, int indent, String name, Object value) {
    text.append(" ".repeat(indent) + "<%s>%s</%s>\n".formatted(name, value, name));
  }
}
