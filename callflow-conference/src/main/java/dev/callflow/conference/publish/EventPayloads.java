package dev.callflow.conference.publish;

import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.event.EventType;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.core.CallflowVersion;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.LimitEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates the payloads of events with Kazoo's property names (docs/rooms.md).
 *
 * <p>On a busy switch, most events are never read. Therefore each method returns a supplier that
 * creates the payload only when it is needed, from the state at the time of the method call.
 */
final class EventPayloads {

  /** The seconds from the year 0 to 1970; Kazoo's times are seconds since the year 0. */
  private static final long GREGORIAN = 62_167_219_200L;

  private final ChannelVariables callers;

  /**
   * @param callers the channel variables of the participants
   */
  EventPayloads(ChannelVariables callers) {
    this.callers = callers;
  }

  /** Returns the payload of an event that the mixer sent. */
  Supplier<ObjectNode> of(MixerEvent.InRoom event, EventType type) {
    return switch (event) {
      case MixerEvent.OfMember ofMember ->
          ofMember(event.room(), type, event.instance(), ofMember.member());
      case MixerEvent.OfRoom ofRoom -> () -> ofRoom(ofRoom, type);
    };
  }

  /** Returns the payload of an event that the mixer could not send. */
  Supplier<ObjectNode> lost(MixerEvent.InRoom event, RoomEvent.Loss loss, EventType type) {
    Supplier<ObjectNode> payload = of(event, type);
    return () -> payload.get().put("reason", loss.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the payload of an event that was missed and then found by a comparison with the mixer's
   * snapshot.
   */
  Supplier<ObjectNode> repaired(MixerEvent.InRoom event, RepairCause cause) {
    Supplier<ObjectNode> payload = of(event, EventType.CONFERENCE_REPAIRED);
    return () -> {
      ObjectNode written = payload.get();
      written.put("cause", cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      EventTypes.of(event).ifPresent(type -> written.put("repaired_event", type.key()));
      return written;
    };
  }

  /** Returns the payload of an event that did not come from the mixer. */
  Supplier<ObjectNode> of(RoomId room, String instance, Notice.Published notice) {
    EventType type = EventTypes.of(notice);
    return switch (notice) {
      case Notice.RoleSet(Member member) -> ofMember(room, type, instance, member);
      case Notice.KeysPressed(Member member, String keys, String data) ->
          keys(ofMember(room, type, instance, member), keys, data);
      case Notice.LimitSet(int seats) ->
          () -> header(room, type, instance).put("max_participants", seats);
      case Notice.BanSet(String number, boolean on) ->
          () -> header(room, type, instance).put("caller_id_number", number);
      case Notice.VariablesSet set -> () -> header(room, type, instance);
      case Notice.WaitingBegan(WaitingCaller caller) ->
          waiting(() -> header(room, type, instance), room, caller);
      case Notice.WaitingEnded(WaitingCaller caller, String reason) ->
          waiting(() -> header(room, type, instance).put("reason", reason), room, caller);
      case Notice.LockSet lock -> () -> header(room, type, instance);
      case Notice.StateKnown(Instant since, boolean known) ->
          () ->
              header(room, type, instance)
                  .put("state", known ? "running" : "unknown")
                  .put("unknown_since", since.getEpochSecond() + GREGORIAN);
      case Notice.PinAttack attack -> () -> header(room, type, instance);
      case Notice.Moving(CallId call, RoomId to) ->
          () ->
              header(room, type, instance)
                  .put("call_id", call.value())
                  .put("to_conference_id", to.conference());
      case Notice.LimitUse(LimitEvent use) ->
          () -> {
            ObjectNode payload =
                header(room, type, instance)
                    .put("limit", use.limit().key())
                    .put("state", use.state().name().toLowerCase(Locale.ROOT))
                    .put("used", use.used())
                    .put("maximum", use.max());
            payload.remove("conference_id");
            return payload;
          };
      case Notice.JoinDenied denied -> () -> denied(header(room, type, instance), denied);
      case Notice.DialProgress(DialledEndpoint leg, String status) ->
          () ->
              header(room, type, instance)
                  .put("endpoint_id", leg.endpoint())
                  .put("call_id", leg.callId())
                  .put("job_id", leg.jobId())
                  .put("status", status)
                  .put("message", leg.message());
    };
  }

  /** Returns a description of a participant, with the same properties as in events. */
  ObjectNode describe(RoomId room, Member member) {
    ObjectNode described = Json.object();
    addMember(described, room, member, callers.variables(member.call()));
    return described;
  }

  /** Returns a description of a waiting caller, with the same properties as in events. */
  ObjectNode describe(RoomId room, WaitingCaller caller) {
    return waiting(Json::object, room, caller).get();
  }

  private Supplier<ObjectNode> waiting(
      Supplier<ObjectNode> header, RoomId room, WaitingCaller caller) {
    // Look the variables up now: they may be removed before the payload is created.
    Map<String, String> variables = callers.variables(caller.call());
    return () -> {
      ObjectNode payload = header.get();
      payload.put("call_id", caller.call().value());
      payload.put("caller_id_name", caller.callerName());
      payload.put("caller_id_number", caller.callerNumber());
      addVariables(payload, room, variables);
      return payload;
    };
  }

  private Supplier<ObjectNode> ofMember(
      RoomId room, EventType type, String instance, Member member) {
    // Look the variables up now: they may be removed before the payload is created.
    Map<String, String> variables = callers.variables(member.call());
    return () -> {
      ObjectNode payload = header(room, type, instance);
      addMember(payload, room, member, variables);
      return payload;
    };
  }

  private static Supplier<ObjectNode> keys(Supplier<ObjectNode> payload, String keys, String data) {
    return () -> {
      ObjectNode written = payload.get();
      if (!data.isEmpty()) {
        written.put("data", data);
      }
      return written.put("digits", keys);
    };
  }

  private static ObjectNode ofRoom(MixerEvent.OfRoom event, EventType type) {
    ObjectNode payload = header(event.room(), type, event.instance());
    return switch (event) {
      case MixerEvent.PlayStarted play -> payload.put("media", play.media());
      case MixerEvent.RecordingStarted started ->
          payload.put("path", started.path()).put("failed", started.failed());
      case MixerEvent.RecordingStopped stopped ->
          payload
              .put("path", stopped.path())
              .put("milliseconds", stopped.millis())
              .put("bytes", stopped.bytes());
      case MixerEvent.Created created -> payload;
      case MixerEvent.Destroyed destroyed -> payload;
      case MixerEvent.FloorChanged changed -> payload;
      case MixerEvent.Locked lock -> payload;
      case MixerEvent.PlayEnded play -> payload;
    };
  }

  private static ObjectNode denied(ObjectNode payload, Notice.JoinDenied denied) {
    payload.put("reason", denied.reason().key());
    if (denied.conference().isEmpty()) {
      payload.remove("conference_id");
    } else {
      payload.put("conference_id", denied.conference());
    }
    payload.put("call_id", denied.call().value());
    payload.put("caller_id_number", denied.callerNumber());
    return payload.put("caller_id_name", denied.callerName());
  }

  private static ObjectNode header(RoomId room, EventType type, String instance) {
    return Json.object()
        .put("event", type.key())
        .put("instance_id", instance)
        .put("event_category", "conference")
        .put("event_name", type.routingKey())
        .put("routing_key", type.routingKey())
        .put("app_name", "callflow")
        .put("app_version", CallflowVersion.current())
        .put("conference_id", room.conference())
        .put("account_id", room.account().value());
  }

  /**
   * Adds the properties of a member. Each flag appears twice: at the top level, as in older Kazoo
   * documents, and nested, as in newer ones.
   */
  private static void addMember(
      ObjectNode payload, RoomId room, Member member, Map<String, String> variables) {
    payload.put("call_id", member.call().value());
    payload.put("participant_id", member.number());
    payload.put("caller_id_name", member.callerName());
    payload.put("caller_id_number", member.callerNumber());
    payload.setAll(flags(member));
    ObjectNode nested = payload.putObject("conference_channel_vars");
    nested.setAll(flags(member));
    nested.put("see", true);
    nested.put("member_id", member.number());
    nested.put("member_ghost", member.ghost());
    addVariables(payload, room, variables);
  }

  private static void addVariables(ObjectNode payload, RoomId room, Map<String, String> variables) {
    ObjectNode channel = payload.putObject("custom_channel_vars");
    channel.put("account_id", room.account().value());
    ObjectNode application = payload.putObject("custom_application_vars");
    variables.forEach((name, value) -> {
      if (name.startsWith("cav_")) {
        application.put(name.substring("cav_".length()), value);
      } else if (name.startsWith("callflow_") && !name.equals("callflow_account_id")) {
        channel.put(name.substring("callflow_".length()), value);
      } else if (name.equals("presence_id")) {
        payload.put("channel_presence_id", value);
      }
    });
  }

  private static ObjectNode flags(Member member) {
    return Json.object()
        .put("is_moderator", member.moderator())
        .put("floor", member.floor())
        .put("hear", !member.deaf())
        .put("speak", !member.muted())
        .put("talking", member.talking())
        .put("video", false)
        .put("mute_detect", false)
        .put("energy_level", member.energyLevel())
        .put("current_energy", 0);
  }
}
