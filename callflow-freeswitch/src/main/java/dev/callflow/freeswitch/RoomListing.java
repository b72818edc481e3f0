package dev.callflow.freeswitch;

import dev.callflow.conference.room.Member;
import dev.callflow.conference.room.MixerSnapshot;
import dev.callflow.conference.room.RoomId;
import dev.callflow.conference.room.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads {@code conference <room> json_list} (spec of mod_conference, 2.2). */
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
          ? new SnapshotReply.NoAnswer("the listing is no list of rooms")
          : new SnapshotReply.Shown(snapshot(room, listed, now));
    } catch (JacksonException e) {
      return new SnapshotReply.NoAnswer("the listing is no JSON");
    }
  }

  private static MixerSnapshot snapshot(RoomId room, JsonNode listed, Instant now) {
    List<Member> members = new ArrayList<>();
    for (JsonNode member : listed.path("members").values()) {
      // Recordings and other helpers are listed as members without a leg.
      if (member.path("type").asString("").equals("caller") && member.has("uuid")) {
        members.add(member(member, now));
      }
    }
    return new MixerSnapshot(
        room,
        listed.path("conference_uuid").asString(""),
        listed.path("locked").asBoolean(false),
        listed.path("recording").asBoolean(false),
        members.reversed());
  }

  private static Member member(JsonNode member, Instant now) {
    JsonNode flags = member.path("flags");
    boolean held = flags.path("hold").asBoolean(false);
    return new Member(
        new CallId(member.path("uuid").asString("unknown")),
        member.path("id").asInt(0),
        member.path("caller_id_name").asString(""),
        member.path("caller_id_number").asString(""),
        flags.path("is_moderator").asBoolean(false),
        false,
        // While somebody is held both are false, whatever they were.
        !held && !flags.path("can_speak").asBoolean(true),
        !held && !flags.path("can_hear").asBoolean(true),
        flags.path("talking").asBoolean(false),
        flags.path("has_floor").asBoolean(false),
        false,
        member.path("energy").asInt(0),
        now.minusSeconds(member.path("join_time").asLong(0)));
  }
}
