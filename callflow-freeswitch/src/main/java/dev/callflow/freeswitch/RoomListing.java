package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads {@code conference <room> json_list} (docs/spec/mod-conference.md#lists). */
final class RoomListing {

  private RoomListing() {}

  static SnapshotReply read(RoomId room, String answer, Instant now) {
    String text = answer.strip();
    if (text.startsWith("-ERR Conference ") || text.equals("[]")) {
      return new SnapshotReply.NoSuchRoom();
    }
    try {
      JsonNode rooms = Json.read(text);
      JsonNode listed = rooms.isArray() ? rooms.get(0) : null;
      return listed == null
          ? new SnapshotReply.NoAnswer("the answer is not a list of rooms")
          : new SnapshotReply.Shown(snapshot(room, listed, now));
    } catch (JacksonException e) {
      return new SnapshotReply.NoAnswer("the answer is not JSON");
    }
  }

  /** Returns our rooms from a list of all rooms; empty if the answer is not such a list. */
  static Optional<Set<RoomId>> rooms(String answer, RoomNames names) {
    String text = answer.strip();
    if (text.startsWith("+OK No active") || text.startsWith("-ERR No active")) {
      return Optional.of(Set.of());
    }
    try {
      JsonNode listed = Json.read(text);
      if (!listed.isArray()) {
        return Optional.empty();
      }
      Set<RoomId> rooms = new LinkedHashSet<>();
      for (JsonNode room : listed.values()) {
        JsonNode variables = room.path("variables");
        names
            .room(
                room.path("conference_name").asString(""),
                variables.path(RoomNames.ACCOUNT).asString(""),
                variables.path(RoomNames.CONFERENCE).asString(""))
            .ifPresent(rooms::add);
      }
      return Optional.of(rooms);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static MixerSnapshot snapshot(RoomId room, JsonNode listed, Instant now) {
    List<Member> members = new ArrayList<>();
    Set<CallId> held = new HashSet<>();
    for (JsonNode member : listed.path("members").values()) {
      // The list also contains recordings and other internal members, which have no leg.
      if (member.path("type").asString("").equals("caller") && member.has("uuid")) {
        members.add(member(member, now));
        if (member.path("flags").path("hold").asBoolean(false)) {
          held.add(new CallId(member.path("uuid").asString("unknown")));
        }
      }
    }
    return new MixerSnapshot(
        room,
        listed.path("conference_uuid").asString(""),
        now.minusSeconds(listed.path("run_time").asLong(0)),
        listed.path("locked").asBoolean(false),
        listed.path("recording").asBoolean(false),
        members.reversed(),
        held,
        variables(listed));
  }

  private static Map<String, String> variables(JsonNode listed) {
    Map<String, String> variables = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : listed.path("variables").properties()) {
      if (each.getKey().startsWith(RoomCommands.VARIABLE)) {
        variables.put(
            each.getKey().substring(RoomCommands.VARIABLE.length()), each.getValue().asString(""));
      }
    }
    return variables;
  }

  private static Member member(JsonNode member, Instant now) {
    return new Member(
        new CallId(member.path("uuid").asString("unknown")),
        member.path("id").asInt(0),
        new Member.Party(
            member.path("caller_id_name").asString(""),
            member.path("caller_id_number").asString("")),
        flags(member.path("flags")),
        new Member.Levels(
            member.path("energy").asInt(0),
            member.path("volume_in").asInt(0),
            member.path("volume_out").asInt(0)),
        now.minusSeconds(member.path("join_time").asLong(0)));
  }

  private static Member.Flags flags(JsonNode listed) {
    // While a member is on hold, can_speak and can_hear are false regardless of mute and deaf.
    boolean held = listed.path("hold").asBoolean(false);
    return Member.Flags.NONE
        .with(Member.Flag.MUTED, !held && !listed.path("can_speak").asBoolean(true))
        .with(Member.Flag.DEAF, !held && !listed.path("can_hear").asBoolean(true))
        .with(Member.Flag.MODERATOR, listed.path("is_moderator").asBoolean(false))
        .with(Member.Flag.TALKING, listed.path("talking").asBoolean(false))
        .with(Member.Flag.FLOOR, listed.path("has_floor").asBoolean(false));
  }
}
