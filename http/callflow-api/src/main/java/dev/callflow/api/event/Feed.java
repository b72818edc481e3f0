package dev.callflow.api.event;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Distributes the events of one conference to its subscribers. The JSON of each event is made once,
 * and its message once for each topic. The conference never waits for a subscriber: the feed reads
 * from its own event stream, and each subscriber has an outbox.
 */
final class Feed {

  private static final Duration READ_TIMEOUT = Duration.ofHours(1);

  private final ReentrantLock lock = new ReentrantLock();

  /** Maps each subscriber of a topic to the version up to which it already has all events. */
  private final Map<SubscriptionTopic, Map<Subscriber, Long>> subscribers = new LinkedHashMap<>();

  private final EncodedEvents encoded;
  private final @Nullable EventStream stream;

  /**
   * Creates a feed.
   *
   * @param encoded the JSON of the events, shared by all feeds
   * @param stream the event stream to close with the feed; null if events arrive through {@link
   *     #publish}
   */
  Feed(EncodedEvents encoded, @Nullable EventStream stream) {
    this.encoded = encoded;
    this.stream = stream;
  }

  /** Distributes the events of the stream until no subscriber is left. */
  void run(EventStream events) {
    try {
      while (hasSubscribers()) {
        Optional<EventStream.Item> item = events.next(READ_TIMEOUT);
        item.ifPresent(this::deliver);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasSubscribers() {
    lock.lock();
    try {
      return !subscribers.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void deliver(EventStream.Item item) {
    switch (item) {
      case EventStream.Item.Happened(ConferenceEvent event) -> publish(event);
      case EventStream.Item.Missed(long count) -> {
        lock.lock();
        try {
          subscribers.forEach((topic, clients) -> {
            if (topic.binding().isOfEvents()) {
              clients.keySet().forEach(client -> client.outbox().missed(topic, count));
            }
          });
        } finally {
          lock.unlock();
        }
      }
    }
  }

  void publish(ConferenceEvent event) {
    lock.lock();
    try {
      byte[] payload = null;
      for (Map.Entry<SubscriptionTopic, Map<Subscriber, Long>> entry : subscribers.entrySet()) {
        SubscriptionTopic topic = entry.getKey();
        if (topic.binding().matches(event)) {
          payload = payload == null ? encoded.json(event) : payload;
          byte[] message = topic.event(event, payload);
          entry
              .getValue()
              .forEach((client, known) -> {
                if (event.version() > known) {
                  client.outbox().event(topic, message);
                }
              });
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void performed(byte[] payload) {
    lock.lock();
    try {
      subscribers.forEach((topic, clients) -> {
        if (topic.binding().isOfCommands()) {
          byte[] message = topic.command(payload);
          clients.keySet().forEach(client -> client.outbox().event(topic, message));
        }
      });
    } finally {
      lock.unlock();
    }
  }

  /** Adds a subscriber, after sending it the past events if it has requested them. */
  void subscribe(SubscriptionTopic topic, Subscriber client, Optional<EventStream> past) {
    lock.lock();
    try {
      long known = past.map(events -> deliverPast(topic, client, events)).orElse(Long.MIN_VALUE);
      subscribers.computeIfAbsent(topic, none -> new LinkedHashMap<>()).put(client, known);
    } finally {
      lock.unlock();
    }
  }

  private long deliverPast(SubscriptionTopic topic, Subscriber client, EventStream events) {
    long known = Long.MIN_VALUE;
    try (events) {
      Optional<EventStream.Item> item;
      while ((item = events.next(Duration.ZERO)).isPresent()) {
        switch (item.get()) {
          case EventStream.Item.Happened(ConferenceEvent event) -> {
            known = event.version();
            if (topic.binding().matches(event)) {
              byte[] message = topic.event(event, encoded.json(event));
              client.outbox().event(topic, message);
            }
          }
          case EventStream.Item.Missed(long count) -> client.outbox().missed(topic, count);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return known;
  }

  /** Removes a subscriber; returns true if none is left, which ends the feed. */
  boolean unsubscribe(SubscriptionTopic topic, Subscriber client) {
    lock.lock();
    try {
      Map<Subscriber, Long> clients = subscribers.get(topic);
      if (clients != null) {
        clients.remove(client);
        if (clients.isEmpty()) {
          subscribers.remove(topic);
        }
      }
      if (!subscribers.isEmpty()) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    if (stream != null) {
      stream.close();
    }
    return true;
  }
}
