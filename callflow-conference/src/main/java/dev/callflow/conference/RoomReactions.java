package dev.callflow.conference;

import dev.callflow.conference.control.IdempotentActions;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.event.EventLogs;
import dev.callflow.conference.kept.KeptSettings;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.limit.RoomLimits;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.publish.EventPublisher;
import dev.callflow.conference.restart.AdoptedMembers;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import dev.callflow.conference.sound.RoomSounds;
import dev.callflow.core.limit.Grant;
import dev.callflow.core.limit.Lease;
import java.util.Optional;
import java.util.function.Supplier;

/** Passes the events of rooms on to the event publisher, the room sounds and the metrics. */
record RoomReactions(
    EventPublisher events,
    RoomDocuments documents,
    RoomSounds sounds,
    EventLogs logs,
    ConferenceMetrics metrics,
    AdoptedMembers adopted,
    IdempotentActions idempotent,
    RoomLimits limits)
    implements RoomListener {

  @Override
  public void opening(RoomId room) {
    events.opening(room);
  }

  @Override
  public Supplier<Grant> permit(RoomId room) {
    return limits.permit(room);
  }

  @Override
  public Lease opened(RoomId room) {
    return limits.opened(room);
  }

  @Override
  public boolean mayRecord(RoomId room) {
    return limits.recordingRefused(room).isEmpty();
  }

  @Override
  public void onEvent(RoomEvent event) {
    events.onEvent(event);
    sounds.onEvent(event);
    adopted.onEvent(event);
    limits.onEvent(event);
  }

  @Override
  public void adopted(MixerSnapshot room) {
    idempotent.restore(room.room(), KeptVariables.of(room.variables()).results());
    adopted.adopt(room);
  }

  @Override
  public void restored(RoomId room, KeptSettings settings) {
    idempotent.restore(room, settings.results());
  }

  @Override
  public void roomAdopted() {
    metrics.rooms(1);
  }

  @Override
  public Optional<JoinRequest.Rules> rules(RoomId room) {
    return documents.rules(room);
  }

  @Override
  public void closed(RoomId room) {
    documents.over(room);
    logs.over(room);
    idempotent.over(room);
    limits.over(room);
  }

  @Override
  public void seats(int change) {
    metrics.seats(change);
  }
}
