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
 * Hands the events of one conference to the clients that watch it. An event is written once for
 * equal topics. The conference is never waited for, nor does it wait: the feed has a stream of its
 * own, and each client an outbox.
 */
final class Feed {

  private static final Duration LONGEST = Duration.ofHours(1);

  private final ReentrantLock lock = new ReentrantLock();

  /** For each client, the version up to which it has all events. */
  private final Map<SubscriptionTopic, Map<Subscriber, Long>> watching = new LinkedHashMap<>();

  private final @Nullable EventStream stream;

  /**
   * Makes a feed.
   *
   * @param stream the events; null if they come by {@link #happened}
   */
  Feed(@Nullable EventStream stream) {
    this.stream = stream;
  }

  /** Hands on what the stream delivers, until it is closed. */
  void run(EventStream events) {
    try {
      while (isWatched()) {
        Optional<EventStream.Item> item = events.next(LONGEST);
        item.ifPresent(this::deliver);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWatched() {
    lock.lock();
    try {
      return !watching.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void deliver(EventStream.Item item) {
    switch (item) {
      case EventStream.Item.Happened(ConferenceEvent event) -> happened(event);
      case EventStream.Item.Missed(long count) -> {
        lock.lock();
        try {
          watching.forEach((topic, clients) -> {
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

  void happened(ConferenceEvent event) {
    lock.lock();
    try {
      byte[] payload = null;
      for (Map.Entry<SubscriptionTopic, Map<Subscriber, Long>> entry : watching.entrySet()) {
        SubscriptionTopic topic = entry.getKey();
        if (topic.binding().matches(event)) {
          payload = payload == null ? EventFormat.json(event.payload()) : payload;
          byte[] text = topic.event(event, payload);
          entry
              .getValue()
              .forEach((client, has) -> {
                if (event.version() > has) {
                  client.outbox().event(topic, text);
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
      watching.forEach((topic, clients) -> {
        if (topic.binding().isOfCommands()) {
          byte[] text = topic.command(payload);
          clients.keySet().forEach(client -> client.outbox().event(topic, text));
        }
      });
    } finally {
      lock.unlock();
    }
  }

  /** Begins with what the past holds, if it is asked for. */
  void watch(SubscriptionTopic topic, Subscriber client, Optional<EventStream> past) {
    lock.lock();
    try {
      long has = past.map(events -> deliverPast(topic, client, events)).orElse(Long.MIN_VALUE);
      watching.computeIfAbsent(topic, none -> new LinkedHashMap<>()).put(client, has);
    } finally {
      lock.unlock();
    }
  }

  private static long deliverPast(SubscriptionTopic topic, Subscriber client, EventStream events) {
    long has = Long.MIN_VALUE;
    try (events) {
      Optional<EventStream.Item> item;
      while ((item = events.next(Duration.ZERO)).isPresent()) {
        switch (item.get()) {
          case EventStream.Item.Happened(ConferenceEvent event) -> {
            has = event.version();
            if (topic.binding().matches(event)) {
              byte[] text = topic.event(event, EventFormat.json(event.payload()));
              client.outbox().event(topic, text);
            }
          }
          case EventStream.Item.Missed(long count) -> client.outbox().missed(topic, count);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return has;
  }

  /** Ends a subscription; true if none is left, and the feed is over. */
  boolean leave(SubscriptionTopic topic, Subscriber client) {
    lock.lock();
    try {
      Map<Subscriber, Long> clients = watching.get(topic);
      if (clients != null) {
        clients.remove(client);
        if (clients.isEmpty()) {
          watching.remove(topic);
        }
      }
      if (!watching.isEmpty()) {
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
