package dev.callflow.conference.publish;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.sequence.InOrder;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to the application's subscribers. The events of a room are delivered one after
 * the other, on a separate thread. A subscriber that blocks delays only the later events of that
 * room, not its callers.
 *
 * <p>Safe for use by any thread; never blocks.
 */
final class EventDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);

  /**
   * The maximum number of undelivered events of a room: roughly as many as a thousand members cause
   * when all of them join and leave a few times.
   */
  static final int MAX_WAITING = 10_000;

  private final List<Consumer<ConferenceEvent>> subscribers = new CopyOnWriteArrayList<>();
  private final InOrder<RoomId> rooms;

  EventDelivery(TimeSource time) {
    rooms = new InOrder<>(time, "events", MAX_WAITING);
  }

  void subscribe(Consumer<ConferenceEvent> subscriber) {
    subscribers.add(subscriber);
  }

  /**
   * Delivers an event after the earlier events of its room; drops the event if too many others are
   * undelivered.
   */
  void deliver(ConferenceEvent event) {
    if (!subscribers.isEmpty()) {
      rooms.add(event.room(), () -> deliverNow(event));
    }
  }

  private void deliverNow(ConferenceEvent event) {
    for (Consumer<ConferenceEvent> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a subscriber of conference events failed", e);
      }
    }
  }
}
