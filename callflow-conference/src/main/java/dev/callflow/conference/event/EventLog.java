package dev.callflow.conference.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * The last events of one conference, and the streams that get the next ones. A stream begins and an
 * event is published under one lock, so that nothing falls in between.
 */
final class EventLog {

  /** How many events are remembered for streams that begin in the past. */
  private static final int CAPACITY = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ConferenceEvent> last = new ArrayDeque<>();
  private final List<EventStream> streams = new ArrayList<>();
  private long sequence;
  private long forgotten;

  /** Publishes the event that is made for its sequence number. */
  ConferenceEvent publish(LongFunction<ConferenceEvent> made) {
    lock.lock();
    try {
      sequence++;
      ConferenceEvent event = made.apply(sequence);
      if (last.size() == CAPACITY) {
        forgotten = last.removeFirst().version();
      }
      last.addLast(event);
      streams.forEach(stream -> stream.offer(event));
      return event;
    } finally {
      lock.unlock();
    }
  }

  /** Begins a stream after a version. */
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
