package dev.callflow.conference.event;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.core.CallflowVersion;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.LimitEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Writes events as JSON with Kazoo's property names (docs/spec/events.md#payload). */
public final class EventJson {

  /** The seconds from the year 0 to 1970; Kazoo's times are seconds since the year 0. */
  private static final long GREGORIAN = 62_167_219_200L;

  private EventJson() {}

  /**
   * Describes a participant with the same properties as in events.
   *
   * @param room the conference
   * @param member the participant
   * @param variables the variables of the participant's call
   * @return a new object
   */
  public static ObjectNode describe(RoomId room, Member member, CallVariables variables) {
    ObjectNode json = Json.object();
    addParticipant(json, room, member, variables);
    return json;
  }

  /**
   * Describes a waiting caller with the same properties as in events.
   *
   * @param room the conference
   * @param caller the caller
   * @param variables the variables of the call
   * @return a new object
   */
  public static ObjectNode describe(RoomId room, WaitingCaller caller, CallVariables variables) {
    ObjectNode json = Json.object();
    addWaiting(json, room, caller, variables);
    return json;
  }

  static ObjectNode of(ConferenceEvent event) {
    EventType type = event.type();
    ObjectNode json =
        Json.object()
            .put("event", type.key())
            .put("instance_id", event.instance())
            .put("event_category", "conference")
            .put("event_name", type.routingKey())
            .put("routing_key", type.routingKey())
            .put("app_name", "callflow")
            .put("app_version", CallflowVersion.current());
    if (!event.conference().isEmpty()) {
      json.put("conference_id", event.conference());
    }
    json.put("account_id", event.account().value());
    addOwn(json, event);
    return json.put("version", event.version()).put("sequence", event.sequence());
  }

  /** Adds the properties that not all events have. */
  private static void addOwn(ObjectNode json, ConferenceEvent event) {
    switch (event) {
      case ConferenceEvent.Started started -> {}
      case ConferenceEvent.Ended ended -> addLoss(json, ended.loss());
      case ConferenceEvent.Locked locked -> {}
      case ConferenceEvent.Unlocked unlocked -> {}
      case ConferenceEvent.MemberLeft left -> {
        addParticipant(json, left);
        json.put("how_left", left.how().key());
        addLoss(json, left.loss());
      }
      case ConferenceEvent.KeysPressed pressed -> {
        addParticipant(json, pressed);
        if (!pressed.data().isEmpty()) {
          json.put("data", pressed.data());
        }
        json.put("digits", pressed.digits());
      }
      case ConferenceEvent.OfParticipant other -> addParticipant(json, other);
      case ConferenceEvent.MemberMoving moving ->
          json.put("call_id", moving.call().value())
              .put("to_conference_id", moving.to().conference());
      case ConferenceEvent.MediaStarted started -> json.put("media", started.media());
      case ConferenceEvent.RecordingStarted started ->
          json.put("path", started.path()).put("failed", started.failed());
      case ConferenceEvent.RecordingStopped stopped ->
          json.put("path", stopped.path())
              .put("milliseconds", stopped.duration().toMillis())
              .put("bytes", stopped.bytes());
      case ConferenceEvent.DialProgress(var header, var leg, var status) ->
          json.put("endpoint_id", leg.endpoint())
              .put("call_id", leg.callId())
              .put("job_id", leg.jobId())
              .put("status", status.key())
              .put("message", leg.message());
      case ConferenceEvent.MaxParticipantsSet set ->
          json.put("max_participants", set.maxParticipants());
      case ConferenceEvent.NumberBanned banned ->
          json.put("caller_id_number", banned.callerNumber());
      case ConferenceEvent.NumberUnbanned unbanned ->
          json.put("caller_id_number", unbanned.callerNumber());
      case ConferenceEvent.VariablesSet set -> {}
      case ConferenceEvent.WaitingStarted started -> addWaiting(json, started);
      case ConferenceEvent.WaitingEnded ended -> {
        json.put("reason", ended.reason().key());
        addWaiting(json, ended);
      }
      case ConferenceEvent.CallerRefused refused ->
          json.put("reason", refused.reason().key())
              .put("call_id", refused.call().value())
              .put("caller_id_number", refused.callerNumber())
              .put("caller_id_name", refused.callerName());
      case ConferenceEvent.PinAttack attack -> {}
      case ConferenceEvent.StateChanged(var header, boolean known, Instant since) ->
          json.put("state", known ? "running" : "unknown")
              .put("unknown_since", since.getEpochSecond() + GREGORIAN);
      case ConferenceEvent.Repaired(var header, var cause, Optional<ConferenceEvent> missed) -> {
        missed.ifPresent(it -> addOwn(json, it));
        json.put("cause", cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        missed.ifPresent(it -> json.put("repaired_event", it.name()));
      }
      case ConferenceEvent.AccountLimitUsed(var header, LimitEvent use) ->
          json.put("limit", use.limit().key())
              .put("state", use.state().name().toLowerCase(Locale.ROOT))
              .put("used", use.used())
              .put("maximum", use.max());
    }
  }

  private static void addLoss(ObjectNode json, Optional<MixerLoss> loss) {
    loss.ifPresent(it -> json.put("reason", it.key()));
  }

  private static void addWaiting(ObjectNode json, ConferenceEvent.OfWaitingCaller event) {
    addWaiting(json, event.room(), event.caller(), event.variables());
  }

  private static void addWaiting(
      ObjectNode json, RoomId room, WaitingCaller caller, CallVariables variables) {
    json.put("call_id", caller.call().value())
        .put("caller_id_name", caller.callerName())
        .put("caller_id_number", caller.callerNumber());
    addVariables(json, room, variables);
  }

  private static void addParticipant(ObjectNode json, ConferenceEvent.OfParticipant event) {
    addParticipant(json, event.room(), event.participant(), event.variables());
  }

  /**
   * Adds the properties of a participant. Each flag appears twice: at the top level, as in older
   * Kazoo documents, and nested, as in newer ones.
   */
  private static void addParticipant(
      ObjectNode json, RoomId room, Member member, CallVariables variables) {
    json.put("call_id", member.call().value())
        .put("participant_id", member.number())
        .put("caller_id_name", member.callerName())
        .put("caller_id_number", member.callerNumber());
    addFlags(json, member);
    ObjectNode nested = json.putObject("conference_channel_vars");
    addFlags(nested, member);
    nested.put("see", true).put("member_id", member.number()).put("member_ghost", member.ghost());
    addVariables(json, room, variables);
  }

  private static void addFlags(ObjectNode json, Member member) {
    json.put("is_moderator", member.moderator())
        .put("floor", member.floor())
        .put("hear", !member.deaf())
        .put("speak", !member.muted())
        .put("talking", member.talking())
        .put("video", false)
        .put("mute_detect", false)
        .put("energy_level", member.energyLevel())
        .put("current_energy", 0);
  }

  private static void addVariables(ObjectNode json, RoomId room, CallVariables variables) {
    ObjectNode channel = json.putObject("custom_channel_vars");
    channel.put("account_id", room.account().value());
    variables.channel().forEach(channel::put);
    variables.application().forEach(json.putObject("custom_application_vars")::put);
    variables.presenceId().ifPresent(id -> json.put("channel_presence_id", id));
  }
}
