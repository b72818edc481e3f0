package dev.callflow.conference.publish;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
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

  private final TimeSource time;
  private final List<Consumer<ConferenceEvent>> subscribers = new CopyOnWriteArrayList<>();

  /**
   * The undelivered events of each room that has a delivery thread; accessed only through atomic
   * compute methods.
   */
  private final Map<RoomId, Waiting> rooms = new ConcurrentHashMap<>();

  /** The undelivered events of one room. */
  private static final class Waiting {
    final Queue<ConferenceEvent> events = new ArrayDeque<>(2);
    long dropped;

    Waiting add(ConferenceEvent event) {
      if (events.size() < MAX_WAITING) {
        events.add(event);
      } else {
        dropped++;
      }
      return this;
    }
  }

  EventDelivery(TimeSource time) {
    this.time = time;
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
      rooms.compute(
          event.room(), (room, waiting) -> (waiting == null ? begin(room) : waiting).add(event));
    }
  }

  private Waiting begin(RoomId room) {
    time.start("events-" + room, () -> run(room));
    return new Waiting();
  }

  private void run(RoomId room) {
    boolean done = false;
    try {
      List<ConferenceEvent> batch = take(room);
      while (!batch.isEmpty()) {
        batch.forEach(this::deliverNow);
        batch = take(room);
      }
      done = true;
    } finally {
      if (!done) {
        rooms.remove(room);
      }
    }
  }

  /**
   * Takes the undelivered events. If there are none, removes the room, so that the next event
   * starts a new thread.
   */
  private List<ConferenceEvent> take(RoomId room) {
    List<ConferenceEvent> batch = new ArrayList<>(2);
    rooms.computeIfPresent(
        room,
        (id, waiting) -> {
          if (waiting.dropped > 0) {
            LOG.warn(
                "room {}: dropped {} events because a subscriber is too slow", id, waiting.dropped);
            waiting.dropped = 0;
          }
          batch.addAll(waiting.events);
          waiting.events.clear();
          return batch.isEmpty() ? null : waiting;
        });
    return batch;
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
