package dev.callflow.conference;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.control.Actions;
import dev.callflow.conference.control.IdempotentActions;
import dev.callflow.conference.control.ObservedActions;
import dev.callflow.conference.event.EventLogs;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Watches and controls conferences on behalf of their handles.
 *
 * <p>Safe for use by any thread.
 */
final class ConferenceOperator {

  private final Mixer mixer;
  private final Rooms rooms;
  private final Actions actions;
  private final ObservedActions observed;
  private final IdempotentActions idempotent;
  private final EventLogs logs;
  private final TimeSource time;

  ConferenceOperator(
      Mixer mixer,
      Rooms rooms,
      Actions actions,
      IdempotentActions idempotent,
      List<ConferenceObserver> observers,
      EventLogs logs,
      TimeSource time) {
    this.mixer = mixer;
    this.rooms = rooms;
    this.actions = actions;
    this.observed = new ObservedActions(observers);
    this.idempotent = idempotent;
    this.logs = logs;
    this.time = time;
  }

  ActionResult perform(RoomId room, ConferenceAction action) {
    rooms.adoptIfRunning(room);
    return observed.perform(room, action, () -> actions.perform(room, action));
  }

  ActionResult perform(RoomId room, ConferenceAction action, Optional<String> key) {
    return key.map(it -> perform(room, action, it)).orElseGet(() -> perform(room, action));
  }

  ActionResult perform(RoomId room, ConferenceAction action, String key) {
    rooms.adoptIfRunning(room);
    return idempotent.perform(room, key, action, () -> perform(room, action));
  }

  CompletableFuture<ActionResult> begin(RoomId room, ConferenceAction action, String key) {
    CompletableFuture<ActionResult> result = new CompletableFuture<>();
    time.start(
        "action-" + room,
        () -> {
          try {
            result.complete(perform(room, action, key));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  EventStream events(RoomId room, long version, int capacity) {
    return logs.begin(room, version, rooms.ask(room, RoomState::version).orElse(0L), capacity);
  }

  Optional<RoomView> view(RoomId room) {
    return rooms.snapshot(room).map(this::view);
  }

  private RoomView view(RoomSnapshot snapshot) {
    long moderators =
        snapshot.members().stream().filter(it -> !it.ghost() && it.moderator()).count();
    long all = snapshot.members().stream().filter(it -> !it.ghost()).count();
    return new RoomView(
        snapshot.room(),
        snapshot.instance().isPresent(),
        snapshot.instance().orElse(""),
        mixer.focus(snapshot.room()),
        (int) (all - moderators),
        (int) moderators,
        snapshot.waiting(),
        snapshot.ringing(),
        snapshot.locked(),
        snapshot.recording(),
        Duration.between(snapshot.since(), time.now()),
        snapshot.members(),
        snapshot.variables(),
        snapshot.unknownSince(),
        snapshot.version());
  }
}
