package dev.callflow.conference;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.room.Member;
import dev.callflow.conference.room.MixerEvent;
import dev.callflow.conference.room.RoomId;
import dev.callflow.conference.room.RoomNews;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes what happens, in the words of the seed documents (spec 7.1). */
final class Events {

  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

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

  private final DocumentStore store;
  private final Callers callers;
  private final List<Consumer<ConferenceEvent>> subscribers = new CopyOnWriteArrayList<>();

  Events(DocumentStore store, Callers callers) {
    this.store = store;
    this.callers = callers;
  }

  void subscribe(Consumer<ConferenceEvent> subscriber) {
    subscribers.add(subscriber);
  }

  void news(RoomNews news) {
    switch (news) {
      case RoomNews.Happened(MixerEvent.InRoom event, long version) -> {
        Optional<String> name = name(event);
        name.ifPresent(of -> publish(event.room(), of, payload(event, of, version)));
      }
      case RoomNews.Repaired(MixerEvent.InRoom event, RoomNews.Cause cause, long version) -> {
        ObjectNode payload = payload(event, "conference-repaired", version);
        payload.put("cause", cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        name(event).ifPresent(of -> payload.put("repaired_event", of));
        publish(event.room(), "conference-repaired", payload);
      }
    }
  }

  void denied(Visit visit, ConferenceOutcome reason) {
    ObjectNode payload = Json.object();
    String conference = visit.found().map(ConferenceDocument::id).orElse("");
    payload.put("event", "conference-denied");
    payload.put("event_category", "conference");
    payload.put("event_name", "conference-denied");
    payload.put("reason", reason.key());
    payload.put("account_id", visit.call().account().value());
    visit
        .found()
        .map(ConferenceDocument::id)
        .or(visit.element::id)
        .ifPresent(id -> payload.put("conference_id", id));
    payload.put("call_id", visit.call().id().value());
    payload.put("caller_id_number", visit.incoming().callerNumber());
    payload.put("caller_id_name", visit.incoming().callerName());
    publish(
        new RoomId(visit.call().account(), conference.isEmpty() ? "unknown" : conference),
        "conference-denied",
        payload);
  }

  void pinAttack(RoomId room) {
    ObjectNode payload = roomPayload(room, "conference-pin-attack");
    publish(room, "conference-pin-attack", payload);
  }

  void keys(RoomId room, Member member, String keys, String data) {
    ObjectNode payload = roomPayload(room, "dtmf");
    addMember(payload, room, member);
    payload.put("digits", keys);
    if (!data.isEmpty()) {
      payload.put("data", data);
    }
    publish(room, "dtmf", payload);
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
      case KICKED, OTHER -> Optional.empty();
    };
  }

  private ObjectNode payload(MixerEvent.InRoom event, String name, long version) {
    ObjectNode payload = roomPayload(event.room(), name);
    payload.put("instance_id", event.instance());
    payload.put("version", version);
    switch (event) {
      case MixerEvent.Added added -> addMember(payload, event.room(), added.member());
      case MixerEvent.Removed removed -> addMember(payload, event.room(), removed.member());
      case MixerEvent.Changed changed -> addMember(payload, event.room(), changed.member());
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

  private static ObjectNode roomPayload(RoomId room, String name) {
    ObjectNode payload = Json.object();
    payload.put("event", name);
    payload.put("event_category", "conference");
    payload.put(
        "event_name",
        name.endsWith("-member") || name.endsWith("-talking") ? "participant_event" : name);
    payload.put("app_name", "callflow");
    payload.put("conference_id", room.conference());
    payload.put("account_id", room.account().value());
    return payload;
  }

  /** The flags stand both flat and nested: the documents show one, later ones the other. */
  private void addMember(ObjectNode payload, RoomId room, Member member) {
    payload.put("call_id", member.call().value());
    payload.put("participant_id", member.number());
    payload.put("caller_id_name", member.callerName());
    payload.put("caller_id_number", member.callerNumber());
    payload.setAll(flags(member));
    ObjectNode nested = payload.putObject("conference_channel_vars");
    nested.setAll(flags(member));
    nested.put("member_id", member.number());
    nested.put("member_ghost", member.ghost());
    ObjectNode channel = payload.putObject("custom_channel_vars");
    channel.put("account_id", room.account().value());
    ObjectNode application = payload.putObject("custom_application_vars");
    callers
        .variables(member.call())
        .forEach((name, value) -> {
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

  private void publish(RoomId room, String name, ObjectNode payload) {
    if (FILTERED.contains(name) && !isPublished(name)) {
      return;
    }
    ConferenceEvent event = new ConferenceEvent(room, name, payload);
    for (Consumer<ConferenceEvent> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a subscriber to conference events failed", e);
      }
    }
  }

  /** All of them unless the system's configuration lists some (spec 7.1). */
  private boolean isPublished(String name) {
    try {
      JsonNode filter = store.systemConfig().path("ecallmgr");
      for (String key : List.of("publish_participant_event", "publish_conference_event")) {
        JsonNode list = filter.get(key);
        if (list != null && list.isArray()) {
          return list.values().stream().anyMatch(entry -> entry.asString("").equals(name));
        }
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("the filter of events cannot be read, {} is published", name, e);
    }
    return true;
  }
}
