package dev.callflow.api.conference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

/** Writes the live state of conferences and participants as JSON (docs/spec/api.md#documents). */
final class ConferenceJson {

  /** The number of seconds from the start of the year 0, when Kazoo's timestamps begin, to 1970. */
  private static final long GREGORIAN = 62_167_219_200L;

  private static final int MAX_CACHED = 1_000;

  /**
   * The serialized participants; valid until the version of the room or the current second changes.
   */
  private record Written(long version, long second, RawValue participants) {}

  private final Conferences conferences;
  private final TimeSource time;

  /**
   * Avoids serializing the participants again for each of many clients that poll a large
   * conference.
   */
  private final Cache<RoomId, Written> written =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

  ConferenceJson(Conferences conferences, TimeSource time) {
    this.conferences = conferences;
    this.time = time;
  }

  static JsonNode noParticipants() {
    return Json.object().arrayNode();
  }

  /** Returns the summary of a conference that is not running. */
  static ObjectNode idle() {
    return counts(0, 0, 0, false);
  }

  ObjectNode summary(RoomView view) {
    ObjectNode summary =
        counts(view.members(), view.moderators(), view.duration().toSeconds(), view.locked());
    if (view.running()) {
      summary.put("state", view.unknownSince().isPresent() ? "unknown" : "running");
      view.unknownSince()
          .ifPresent(since -> summary.put("unknown_since", since.getEpochSecond() + GREGORIAN));
      summary.put("uuid", view.instance());
      summary.put("run_time", view.duration().toSeconds());
      summary.put("start_time", time.now().minus(view.duration()).getEpochSecond() + GREGORIAN);
      summary.put("switch_hostname", view.focus());
      summary.put("participant_count", view.participants().size());
      summary.put("is_recording", view.recording());
      // A client that subscribes from this version misses no event and receives none twice.
      summary.put("version", view.version());
    }
    summary.put("waiting", view.waiting().size());
    summary.put("ringing", view.ringing().size());
    return summary;
  }

  /** Writes both "admins", which older Kazoo clients read, and "moderators", for newer ones. */
  private static ObjectNode counts(int members, int moderators, long seconds, boolean locked) {
    ObjectNode counts = Json.object();
    counts.put("members", members);
    counts.put("moderators", moderators);
    counts.put("admins", moderators);
    counts.put("duration", seconds);
    counts.put("is_locked", locked);
    return counts;
  }

  JsonNode participants(RoomView view) {
    long second = time.now().getEpochSecond();
    Written last = written.getIfPresent(view.room());
    if (last == null || last.version != view.version() || last.second != second) {
      ArrayNode all = Json.object().arrayNode();
      view.participants().forEach(member -> all.add(participant(view, member)));
      view.waiting().forEach(caller -> all.add(waiting(view, caller)));
      last =
          new Written(view.version(), second, new RawValue(new SerializedString(all.toString())));
      written.put(view.room(), last);
    }
    return new POJONode(last.participants);
  }

  ObjectNode participant(RoomView view, Member member) {
    Instant now = time.now();
    ObjectNode json = conferences.describe(view.room(), member);
    json.put("state", "joined");
    json.put("conference_name", view.room().conference());
    json.put("conference_uuid", view.instance());
    json.put("switch_hostname", view.focus());
    json.put("join_time", member.joined().getEpochSecond() + GREGORIAN);
    json.put("duration", Math.max(0, Duration.between(member.joined(), now).toSeconds()));
    return json;
  }

  ObjectNode waiting(RoomView view, WaitingCaller caller) {
    ObjectNode json = conferences.describe(view.room(), caller);
    json.put("state", "waiting");
    json.put("conference_name", view.room().conference());
    json.put("duration", Math.max(0, Duration.between(caller.since(), time.now()).toSeconds()));
    return json;
  }
}
