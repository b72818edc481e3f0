package dev.callflow.conference.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * The latest events of one conference, and the streams that receive new ones. Events are published
 * and streams are started under the same lock, so that a new stream misses no event.
 */
final class EventLog {

  /** The number of events that are kept for streams that start with past events. */
  private static final int CAPACITY = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ConferenceEvent> last = new ArrayDeque<>();
  private final Set<EventStream> streams = new LinkedHashSet<>();
  private long sequence;
  private long forgotten;

  /**
   * Creates an event with the next sequence number and publishes it, unless the factory returns
   * none.
   */
  Optional<ConferenceEvent> publish(LongFunction<Optional<ConferenceEvent>> factory) {
    lock.lock();
    try {
      Optional<ConferenceEvent> created = factory.apply(sequence + 1);
      created.ifPresent(this::add);
      return created;
    } finally {
      lock.unlock();
    }
  }

  private void add(ConferenceEvent event) {
    sequence = event.sequence();
    if (last.size() == CAPACITY) {
      forgotten = last.removeFirst().version();
    }
    last.addLast(event);
    streams.forEach(stream -> stream.offer(event));
  }

  /** Adds a stream and gives it the remembered events that are newer than the given version. */
  void begin(EventStream stream, long version) {
    lock.lock();
    try {
      if (version < forgotten) {
        stream.missed();
      }
      last.stream().filter(event -> event.version() > version).forEach(stream::offer);
      streams.add(stream);
    } finally {
      lock.unlock();
    }
  }

  void end(EventStream stream) {
    lock.lock();
    try {
      streams.remove(stream);
    } finally {
      lock.unlock();
    }
  }

  boolean isWatched() {
    lock.lock();
    try {
      return !streams.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
