package dev.callflow.api.event;

import dev.callflow.conference.event.ConferenceEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The Server-Sent Events of all conferences of an account, in one order. Versions order the events
 * of one conference only, so each event has a position here.
 *
 * <p>Positions begin with the time in microseconds, so that those of another run of the host are
 * recognised.
 */
final class AccountStream {

  private record Past(long position, ConferenceEvent event) {}

  private final SubscriptionTopic topic;
  private final EncodedEvents encoded;
  private final long first;
  private final int maxPast;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Past> past = new ArrayDeque<>();
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private long last;

  AccountStream(SubscriptionTopic topic, EncodedEvents encoded, long first, int maxPast) {
    this.topic = topic;
    this.encoded = encoded;
    this.first = first;
    this.maxPast = maxPast;
    last = first;
  }

  void publish(ConferenceEvent event) {
    lock.lock();
    try {
      last++;
      past.addLast(new Past(last, event));
      if (past.size() > maxPast) {
        past.removeFirst();
      }
      if (!subscribers.isEmpty()) {
        byte[] message = EventFormat.positioned(last, event, encoded.json(event));
        subscribers.forEach(client -> client.outbox().event(topic, message));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a subscriber. One that returns receives the events after its position first, and a notice
   * if some of them are not known any more.
   */
  void subscribe(Subscriber client, OptionalLong from) {
    lock.lock();
    try {
      if (from.isPresent()) {
        sendPast(client, from.getAsLong());
      }
      // Without it, a client that is cut off before its first event could not tell where it was.
      client.outbox().event(topic, EventFormat.position(last));
      subscribers.add(client);
    } finally {
      lock.unlock();
    }
  }

  private void sendPast(Subscriber client, long from) {
    boolean ofThisRun = from >= first && from <= last;
    long before = past.isEmpty() ? last : past.getFirst().position() - 1;
    if (!ofThisRun) {
      client.outbox().missed(topic, 0);
    } else if (from < before) {
      client.outbox().missed(topic, before - from);
    }
    past.stream()
        .filter(it -> !ofThisRun || it.position() > from)
        .forEach(it ->
            client
                .outbox()
                .event(
                    topic,
                    EventFormat.positioned(it.position(), it.event(), encoded.json(it.event()))));
  }

  /** Removes a subscriber; returns true if none is left. */
  boolean unsubscribe(Subscriber client) {
    lock.lock();
    try {
      subscribers.remove(client);
      return subscribers.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
