package dev.callflow.api.conference;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.room.Member;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows conferences and those who are in, in the words of the seed documents (spec 6.2). */
record Shown(Conferences conferences, TimeSource time) {

  /** From the year 0, in which Kazoo's seconds begin, to 1970. */
  private static final long GREGORIAN = 62_167_219_200L;

  /** How a conference is that does not run. */
  static ObjectNode idle() {
    return counts(0, 0, 0, false);
  }

  static ObjectNode summary(RoomView view) {
    ObjectNode summary =
        counts(view.members(), view.moderators(), view.duration().toSeconds(), view.locked());
    if (view.running()) {
      summary.put("uuid", view.instance());
      summary.put("run_time", view.duration().toSeconds());
      summary.put("switch_hostname", view.focus());
      summary.put("participant_count", view.participants().size());
      summary.put("is_recording", view.recording());
    }
    summary.put("waiting", view.waiting());
    summary.put("ringing", view.ringing().size());
    return summary;
  }

  /** Older documents say admins where later ones say moderators. */
  private static ObjectNode counts(int members, int moderators, long seconds, boolean locked) {
    ObjectNode counts = Json.object();
    counts.put("members", members);
    counts.put("moderators", moderators);
    counts.put("admins", moderators);
    counts.put("duration", seconds);
    counts.put("is_locked", locked);
    return counts;
  }

  ArrayNode participants(RoomView view) {
    ArrayNode all = Json.object().arrayNode();
    view.participants().forEach(member -> all.add(participant(view, member)));
    return all;
  }

  ObjectNode participant(RoomView view, Member member) {
    Instant now = time.now();
    ObjectNode shown = conferences.describe(view.room(), member);
    shown.put("conference_name", view.room().conference());
    shown.put("conference_uuid", view.instance());
    shown.put("switch_hostname", view.focus());
    shown.put("join_time", member.joined().getEpochSecond() + GREGORIAN);
    shown.put("duration", Math.max(0, Duration.between(member.joined(), now).toSeconds()));
    return shown;
  }
}
