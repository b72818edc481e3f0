package dev.callflow.conference;

import dev.callflow.conference.room.RoomId;
import dev.callflow.core.time.TimeSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * The event logs of all conferences. One that has ended keeps its log for a while, so that who lost
 * his connection meanwhile learns of the end.
 */
final class EventLogs {

  private static final int MOST_ENDED = 1_000;

  private final TimeSource time;
  private final Map<RoomId, EventLog> logs = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RoomId, EventLog> ended = new LinkedHashMap<>();

  EventLogs(TimeSource time) {
    this.time = time;
  }

  ConferenceEvent publish(RoomId room, LongFunction<ConferenceEvent> made) {
    return log(room).publish(made);
  }

  EventStream begin(RoomId room, long version, int capacity) {
    EventLog log = log(room);
    EventStream stream = new EventStream(capacity, time, log::end);
    log.begin(stream, version);
    return stream;
  }

  /** A log is forgotten in time unless its conference is said to be {@link #alive}. */
  private EventLog log(RoomId room) {
    EventLog known = logs.get(room);
    if (known != null) {
      return known;
    }
    EventLog log = logs.computeIfAbsent(room, missing -> new EventLog());
    over(room);
    return log;
  }

  void alive(RoomId room) {
    lock.lock();
    try {
      ended.remove(room);
    } finally {
      lock.unlock();
    }
  }

  /** The oldest of those that have ended go first, but none that is watched. */
  void over(RoomId room) {
    EventLog log = logs.get(room);
    if (log == null) {
      return;
    }
    lock.lock();
    try {
      ended.remove(room);
      ended.put(room, log);
      Iterator<Map.Entry<RoomId, EventLog>> oldest = ended.entrySet().iterator();
      while (ended.size() > MOST_ENDED && oldest.hasNext()) {
        Map.Entry<RoomId, EventLog> entry = oldest.next();
        oldest.remove();
        if (!entry.getValue().isWatched()) {
          logs.remove(entry.getKey(), entry.getValue());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
