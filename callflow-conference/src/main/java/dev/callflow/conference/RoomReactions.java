package dev.callflow.conference;

import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.event.EventLogs;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.publish.EventPublisher;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import dev.callflow.conference.sound.RoomSounds;
import java.util.Optional;

/** Passes the events of rooms on to the event publisher, the room sounds and the metrics. */
record RoomReactions(
    EventPublisher events,
    RoomDocuments documents,
    RoomSounds sounds,
    EventLogs logs,
    ConferenceMetrics metrics)
    implements RoomListener {

  @Override
  public void opening(RoomId room) {
    events.opening(room);
  }

  @Override
  public void onEvent(RoomEvent event) {
    events.onEvent(event);
    sounds.onEvent(event);
  }

  @Override
  public Optional<JoinRequest.Rules> rules(RoomId room) {
    return documents.rules(room);
  }

  @Override
  public void closed(RoomId room) {
    documents.over(room);
    logs.over(room);
  }

  @Override
  public void seats(int change) {
    metrics.seats(change);
  }
}
