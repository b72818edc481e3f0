package dev.callflow.conference.publish;

import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventLogs;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Publishes what happens, in the words of the seed documents (spec 7.1). */
public final class EventPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

  /** The kinds that the system's configuration may filter. */
  private static final Set<String> FILTERED =
      Set.of(
          "conference-create",
          "conference-destroy",
          "lock",
          "unlock",
          "add-member",
          "del-member",
          "start-talking",
          "stop-talking",
          "mute-member",
          "unmute-member",
          "deaf-member",
          "undeaf-member");

  private static final String VERSION =
      Optional.ofNullable(EventPublisher.class.getPackage().getImplementationVersion()).orElse("0");

  private final Mixer mixer;
  private final ChannelVariables callers;
  private final EventSettings settings;
  private final EventLogs logs;
  private final TalkingLimit talking;
  private final ConferenceMetrics metrics;
  private final List<Consumer<ConferenceEvent>> subscribers = new CopyOnWriteArrayList<>();

  public EventPublisher(
      Mixer mixer,
      EventSettings settings,
      ChannelVariables callers,
      EventLogs logs,
      TalkingLimit talking,
      ConferenceMetrics metrics) {
    this.settings = settings;
    this.mixer = mixer;
    this.callers = callers;
    this.logs = logs;
    this.talking = talking;
    this.metrics = metrics;
  }

  public void subscribe(Consumer<ConferenceEvent> subscriber) {
    subscribers.add(subscriber);
  }

  public ObjectNode describe(RoomId room, Member member) {
    ObjectNode described = Json.object();
    addMember(described, room, member, callers.variables(member.call()));
    return described;
  }

  /** Called on the room's thread, so that the events of a room are published in its order. */
  public void news(RoomEvent news) {
    publish(news);
    switch (news) {
      case RoomEvent.Happened(MixerEvent.InRoom event, long version) -> follow(event);
      case RoomEvent.Lost(MixerEvent.InRoom event, long version) -> follow(event);
      case RoomEvent.Repaired(MixerEvent.InRoom event, var cause, long version) -> {
        metrics.repaired(cause);
        follow(event);
      }
      case RoomEvent.Noted noted -> {}
    }
  }

  private void follow(MixerEvent.InRoom event) {
    switch (event) {
      case MixerEvent.Created created -> metrics.rooms(1);
      case MixerEvent.Destroyed destroyed -> metrics.rooms(-1);
      case MixerEvent.Added added -> {
        metrics.participants(1);
        callers.joined(added.member().call());
      }
      case MixerEvent.Removed removed -> {
        metrics.participants(-1);
        callers.left(removed.member().call());
      }
      case MixerEvent.RecordingStarted started ->
          metrics.recording(
              started.failed()
                  ? ConferenceMetrics.Recording.FAILED
                  : ConferenceMetrics.Recording.STARTED);
      case MixerEvent.RecordingStopped stopped ->
          metrics.recording(ConferenceMetrics.Recording.FINISHED);
      case MixerEvent.InRoom other -> {}
    }
  }

  private void publish(RoomEvent news) {
    switch (news) {
      case RoomEvent.Happened(MixerEvent.InRoom event, long version) -> happened(event, version);
      case RoomEvent.Lost(MixerEvent.InRoom event, long version) ->
          name(event)
              .ifPresent(name -> {
                Map<String, String> variables = variables(event);
                publish(
                    event.room(),
                    name,
                    version,
                    () -> payload(event, name, variables).put("reason", "mixer_restarted"));
              });
      case RoomEvent.Repaired(MixerEvent.InRoom event, RepairCause cause, long version) ->
          repaired(event, cause, version);
      case RoomEvent.Noted(RoomId room, Notice note, String instance, long version) ->
          noted(room, note, instance, version);
    }
  }

  private void happened(MixerEvent.InRoom event, long version) {
    if (event instanceof MixerEvent.Created || event instanceof MixerEvent.Added) {
      logs.alive(event.room());
    }
    if (event instanceof MixerEvent.Removed removed) {
      talking.gone(event.room(), removed.member().call());
    }
    Optional<String> name = name(event);
    boolean held =
        event instanceof MixerEvent.Changed changed
            && talking.holdsBack(event.room(), changed, settings.talkingInterval(event.room()));
    if (name.isPresent() && !held) {
      Map<String, String> variables = variables(event);
      publish(event.room(), name.get(), version, () -> payload(event, name.get(), variables));
    }
  }

  private void repaired(MixerEvent.InRoom event, RepairCause cause, long version) {
    logs.alive(event.room());
    Map<String, String> variables = variables(event);
    publish(
        event.room(),
        "conference-repaired",
        version,
        () -> {
          ObjectNode payload = payload(event, "conference-repaired", variables);
          payload.put("cause", cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
          name(event).ifPresent(of -> payload.put("repaired_event", of));
          return payload;
        });
  }

  private void noted(RoomId room, Notice note, String instance, long version) {
    switch (note) {
      case Notice.RoleSet(Member member) ->
          publish(
              room,
              "role",
              version,
              () -> {
                ObjectNode payload = roomPayload(room, "role", instance);
                addMember(payload, room, member, callers.variables(member.call()));
                return payload;
              });
      case Notice.LimitSet(int most) ->
          publish(
              room,
              "limit",
              version,
              () -> roomPayload(room, "limit", instance).put("max_participants", most));
      case Notice.BanSet(String number, boolean on) -> {
        String name = on ? "ban" : "unban";
        publish(
            room,
            name,
            version,
            () -> roomPayload(room, name, instance).put("caller_id_number", number));
      }
      case Notice.VariablesSet set ->
          publish(room, "vars", version, () -> roomPayload(room, "vars", instance));
      case Notice.Moving(CallId call, RoomId to) ->
          publish(
              room,
              "move",
              version,
              () ->
                  roomPayload(room, "move", instance)
                      .put("call_id", call.value())
                      .put("to_conference_id", to.conference()));
      case Notice.JoinDenied denied ->
          publish(room, "conference-denied", version, () -> denied(room, denied, instance));
      case Notice.PinAttack attack ->
          publish(
              room,
              "conference-pin-attack",
              version,
              () -> roomPayload(room, "conference-pin-attack", instance));
      case Notice.KeysPressed(Member member, String keys, String data) -> {
        Map<String, String> variables = callers.variables(member.call());
        publish(
            room,
            "dtmf",
            version,
            () -> {
              ObjectNode payload = roomPayload(room, "dtmf", instance);
              addMember(payload, room, member, variables);
              if (!data.isEmpty()) {
                payload.put("data", data);
              }
              return payload.put("digits", keys);
            });
      }
      case Notice.DialProgress(DialledEndpoint leg, String status) ->
          publish(
              room,
              "dial",
              version,
              () ->
                  roomPayload(room, "dial", instance)
                      .put("endpoint_id", leg.endpoint())
                      .put("call_id", leg.callId())
                      .put("job_id", leg.jobId())
                      .put("status", status)
                      .put("message", leg.message()));
      case Notice.TalkingDue due ->
          talking
              .due(due)
              .ifPresent(event ->
                  name(event)
                      .ifPresent(name -> {
                        Map<String, String> variables = variables(event);
                        publish(room, name, version, () -> payload(event, name, variables));
                      }));
      case Notice other -> throw new IllegalArgumentException("unknown: " + other);
    }
  }

  private static ObjectNode denied(RoomId room, Notice.JoinDenied denied, String instance) {
    ObjectNode payload = roomPayload(room, "conference-denied", instance);
    payload.put("reason", denied.reason().key());
    if (denied.conference().isEmpty()) {
      payload.remove("conference_id");
    } else {
      payload.put("conference_id", denied.conference());
    }
    payload.put("call_id", denied.call().value());
    payload.put("caller_id_number", denied.callerNumber());
    payload.put("caller_id_name", denied.callerName());
    return payload;
  }

  private Map<String, String> variables(MixerEvent.InRoom event) {
    return switch (event) {
      case MixerEvent.Added added -> callers.variables(added.member().call());
      case MixerEvent.Removed removed -> callers.variables(removed.member().call());
      case MixerEvent.Changed changed -> callers.variables(changed.member().call());
      case MixerEvent.InRoom other -> Map.of();
    };
  }

  private static Optional<String> name(MixerEvent.InRoom event) {
    return switch (event) {
      case MixerEvent.Created created -> Optional.of("conference-create");
      case MixerEvent.Destroyed destroyed -> Optional.of("conference-destroy");
      case MixerEvent.Added added -> Optional.of("add-member");
      case MixerEvent.Removed removed -> Optional.of("del-member");
      case MixerEvent.Changed changed -> name(changed.what());
      case MixerEvent.FloorChanged floor -> Optional.empty();
      case MixerEvent.Locked lock -> Optional.of(lock.on() ? "lock" : "unlock");
      case MixerEvent.PlayStarted play -> Optional.of("play");
      case MixerEvent.PlayEnded play -> Optional.empty();
      case MixerEvent.RecordingStarted started -> Optional.of("start-recording");
      case MixerEvent.RecordingStopped stopped -> Optional.of("stop-recording");
    };
  }

  private static Optional<String> name(MixerEvent.Change change) {
    return switch (change) {
      case MUTED -> Optional.of("mute-member");
      case UNMUTED -> Optional.of("unmute-member");
      case DEAFENED -> Optional.of("deaf-member");
      case UNDEAFENED -> Optional.of("undeaf-member");
      case TALKING -> Optional.of("start-talking");
      case SILENT -> Optional.of("stop-talking");
      case ENERGY -> Optional.of("energy-level-member");
      case TALK_VOLUME -> Optional.of("volume-in-member");
      case LISTEN_VOLUME -> Optional.of("volume-out-member");
      case KICKED, OTHER -> Optional.empty();
    };
  }

  private static ObjectNode payload(
      MixerEvent.InRoom event, String name, Map<String, String> variables) {
    ObjectNode payload = roomPayload(event.room(), name, event.instance());
    switch (event) {
      case MixerEvent.Added added -> addMember(payload, event.room(), added.member(), variables);
      case MixerEvent.Removed removed ->
          addMember(payload, event.room(), removed.member(), variables);
      case MixerEvent.Changed changed ->
          addMember(payload, event.room(), changed.member(), variables);
      case MixerEvent.PlayStarted play -> payload.put("media", play.media());
      case MixerEvent.RecordingStarted started -> {
        payload.put("path", started.path());
        payload.put("failed", started.failed());
      }
      case MixerEvent.RecordingStopped stopped -> {
        payload.put("path", stopped.path());
        payload.put("milliseconds", stopped.millis());
        payload.put("bytes", stopped.bytes());
      }
      case MixerEvent.InRoom other -> {}
    }
    return payload;
  }

  private static ObjectNode roomPayload(RoomId room, String name, String instance) {
    ObjectNode payload = Json.object();
    payload.put("event", name);
    payload.put("instance_id", instance);
    payload.put("event_category", "conference");
    payload.put(
        "event_name",
        name.endsWith("-member") || name.endsWith("-talking") ? "participant_event" : name);
    payload.put("routing_key", payload.path("event_name").asString());
    payload.put("app_name", "callflow");
    payload.put("app_version", VERSION);
    payload.put("conference_id", room.conference());
    payload.put("account_id", room.account().value());
    return payload;
  }

  /** The flags stand both flat and nested: the documents show one, later ones the other. */
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

  static ObjectNode flags(Member member) {
    ObjectNode flags = Json.object();
    flags.put("is_moderator", member.moderator());
    flags.put("floor", member.floor());
    flags.put("hear", !member.deaf());
    flags.put("speak", !member.muted());
    flags.put("talking", member.talking());
    flags.put("video", false);
    flags.put("mute_detect", false);
    flags.put("energy_level", member.energyLevel());
    flags.put("current_energy", 0);
    return flags;
  }

  private void publish(RoomId room, String name, long version, Supplier<ObjectNode> payload) {
    if (FILTERED.contains(name) && !settings.isPublished(name)) {
      return;
    }
    ConferenceEvent event =
        logs.publish(room, sequence -> new ConferenceEvent(room, name, version, sequence, payload));
    for (Consumer<ConferenceEvent> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a subscriber to conference events failed", e);
      }
    }
  }
}
