package dev.callflow.conference.publish;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.sequence.InOrder;
import dev.callflow.core.listen.Listeners;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.time.TimeSource;
import java.util.function.Consumer;

/**
 * Delivers events to the application's subscribers. The events of a room are delivered one after
 * the other, on a separate thread. A subscriber that blocks delays only the later events of that
 * room, not its callers.
 *
 * <p>Safe for use by any thread; never blocks.
 */
final class EventDelivery {

  /**
   * The maximum number of undelivered events of a room: roughly as many as a thousand members cause
   * when all of them join and leave a few times.
   */
  static final int MAX_WAITING = 10_000;

  private final Listeners<ConferenceEvent> listeners = new Listeners<>("conference events");
  private final Listeners<ConferenceEvent> ofEvery = new Listeners<>("all conference events");
  private final InOrder<RoomId> rooms;

  EventDelivery(TimeSource time) {
    rooms = new InOrder<>(time, "events", MAX_WAITING);
  }

  Subscription onEvent(Consumer<ConferenceEvent> listener) {
    return listeners.add(listener);
  }

  /** Adds a listener that also gets the events that are not published. */
  Subscription onEveryEvent(Consumer<ConferenceEvent> listener) {
    return ofEvery.add(listener);
  }

  /** Returns whether anyone listens to the events that are not published. */
  boolean deliversUnpublished() {
    return !ofEvery.isEmpty();
  }

  /**
   * Delivers an event after the earlier events of its room; drops the event if too many others are
   * undelivered.
   */
  void deliver(ConferenceEvent event) {
    if (!listeners.isEmpty() || !ofEvery.isEmpty()) {
      rooms.add(
          event.room(),
          () -> {
            listeners.call(event);
            ofEvery.call(event);
          });
    }
  }

  /** Delivers an event that is not published, as {@link #deliver} does. */
  void deliverUnpublished(ConferenceEvent event) {
    rooms.add(event.room(), () -> ofEvery.call(event));
  }
}
