package dev.callflow.conference.publish;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventHeader;
import dev.callflow.conference.event.EventJson;
import dev.callflow.conference.event.EventLogs;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes the events of rooms. Decides whether to publish an event, and passes the published
 * events of a room to the logs and subscribers in their original order. {@link EventRecords}
 * creates the events. Their JSON is created only when it is needed, because on a busy switch most
 * events are never read.
 */
public final class EventPublisher {

  private final ChannelVariables callers;
  private final EventRecords records;
  private final EventSettings settings;
  private final EventLogs logs;
  private final TalkingLimit talking;
  private final ConferenceMetrics metrics;
  private final EventDelivery delivery;
  private final TimeSource time;

  public EventPublisher(
      EventSettings settings,
      ChannelVariables callers,
      EventLogs logs,
      TalkingLimit talking,
      ConferenceMetrics metrics,
      TimeSource time) {
    this.settings = settings;
    this.callers = callers;
    this.records = new EventRecords(callers);
    this.logs = logs;
    this.talking = talking;
    this.metrics = metrics;
    this.delivery = new EventDelivery(time);
    this.time = time;
  }

  public Subscription onEvent(Consumer<ConferenceEvent> listener) {
    return delivery.onEvent(listener);
  }

  public Subscription onEveryEvent(Consumer<ConferenceEvent> listener) {
    return delivery.onEveryEvent(listener);
  }

  public ObjectNode describe(RoomId room, Member member) {
    return EventJson.describe(room, member, callers.variables(member.call()));
  }

  public ObjectNode describe(RoomId room, WaitingCaller caller) {
    return EventJson.describe(room, caller, callers.variables(caller.call()));
  }

  /** Reads the settings for a room that is about to open; may block. */
  public void opening(RoomId room) {
    settings.read(room.account());
  }

  /** Publishes an event. Must be called for one event of a room at a time, in their order. */
  public void onEvent(RoomEvent event) {
    switch (event) {
      case RoomEvent.Happened(MixerEvent.InRoom happened, var departure, long version) -> {
        if (isPublishedNow(happened)) {
          publish(
              happened.room(),
              happened.instance(),
              version,
              header -> records.happened(header, happened, departure));
        }
        count(happened);
      }
      case RoomEvent.Lost(MixerEvent.InRoom lost, var loss, long version) -> {
        publish(lost.room(), lost.instance(), version, header -> records.lost(header, lost, loss));
        count(lost);
      }
      case RoomEvent.Repaired(MixerEvent.InRoom missed, var cause, long version) -> {
        logs.alive(missed.room());
        publish(
            missed.room(),
            missed.instance(),
            version,
            header -> Optional.of(records.repaired(header, missed, cause)));
        metrics.repaired(cause);
        count(missed);
      }
      case RoomEvent.Noted(RoomId room, Notice.Published notice, String instance, long version) -> {
        if (notice instanceof Notice.WaitingBegan) {
          logs.alive(room);
        }
        publish(room, instance, version, header -> Optional.of(records.noted(header, notice)));
      }
      case RoomEvent.Noted(RoomId room, Notice.TalkingDue due, String instance, long version) ->
          talking
              .due(due)
              .ifPresent(changed ->
                  publish(
                      room,
                      changed.instance(),
                      version,
                      header -> records.happened(header, changed, Optional.empty())));
    }
  }

  /** Returns whether to publish an event now; a talking event may have to wait. */
  private boolean isPublishedNow(MixerEvent.InRoom event) {
    return switch (event) {
      case MixerEvent.Created created -> {
        logs.alive(created.room());
        yield true;
      }
      case MixerEvent.Added added -> {
        logs.alive(added.room());
        yield true;
      }
      case MixerEvent.Removed removed -> {
        talking.gone(removed.room(), removed.member().call());
        yield true;
      }
      case MixerEvent.Changed changed ->
          !talking.holdsBack(
              changed.room(), changed, settings.talkingInterval(changed.room().account()));
      case MixerEvent.Destroyed destroyed -> true;
      case MixerEvent.FloorChanged changed -> true;
      case MixerEvent.Locked lock -> true;
      case MixerEvent.PlayStarted play -> true;
      case MixerEvent.PlayEnded play -> true;
      case MixerEvent.RecordingStarted started -> true;
      case MixerEvent.RecordingStopped stopped -> true;
    };
  }

  private void count(MixerEvent.InRoom event) {
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
      case MixerEvent.Changed changed -> {}
      case MixerEvent.FloorChanged changed -> {}
      case MixerEvent.Locked lock -> {}
      case MixerEvent.PlayStarted play -> {}
      case MixerEvent.PlayEnded play -> {}
    }
  }

  private void publish(
      RoomId room,
      String instance,
      long version,
      Function<EventHeader, Optional<ConferenceEvent>> record) {
    Instant now = time.now();
    Optional<ConferenceEvent> published =
        logs.publish(
            room,
            sequence ->
                record
                    .apply(new EventHeader(room, instance, version, sequence, now))
                    .filter(this::isWanted));
    if (published.isPresent()) {
      delivery.deliver(published.get());
    } else if (delivery.deliversUnpublished()) {
      record
          .apply(new EventHeader(room, instance, version, 0, now))
          .ifPresent(delivery::deliverUnpublished);
    }
  }

  private boolean isWanted(ConferenceEvent event) {
    return !event.type().isFiltered() || settings.isPublished(event.type());
  }
}
