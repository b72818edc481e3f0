package dev.callflow.conference.event;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.time.TimeSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * Keeps the latest events of each conference. After a conference has ended, its log remains for a
 * while, so that subscribers who lost their connection can still receive the last events.
 *
 * <p>Safe for use by any thread; never blocks.
 */
public final class EventLogs {

  private static final int MAX_ENDED = 1_000;

  private final TimeSource time;
  private final Map<RoomId, EventLog> logs = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RoomId, EventLog> ended = new LinkedHashMap<>();

  /**
   * Creates empty logs.
   *
   * @param time the source of time
   */
  public EventLogs(TimeSource time) {
    this.time = time;
  }

  /**
   * Adds an event to a conference's log and delivers it to the log's streams.
   *
   * @param room the conference
   * @param factory creates the event from its sequence number; if it returns none, nothing is
   *     published, and the next event gets this number
   * @return the event; empty if none was published
   */
  public Optional<ConferenceEvent> publish(
      RoomId room, LongFunction<Optional<ConferenceEvent>> factory) {
    return log(room).publish(factory);
  }

  /**
   * Starts a stream of a conference's events.
   *
   * @param room the conference; it need not be running
   * @param version the version after which the stream starts
   * @param decided the current version of the conference; events up to this version may still be on
   *     their way to the log
   * @param capacity the number of events that the stream buffers; at least 1
   * @return the stream
   */
  public EventStream begin(RoomId room, long version, long decided, int capacity) {
    EventLog log = log(room);
    long after = Math.min(version, decided);
    EventStream stream = new EventStream(after, capacity, time, log::end);
    log.begin(stream, version);
    return stream;
  }

  /**
   * A new log counts as ended, so that it is evicted eventually unless {@link #alive} is called.
   */
  private EventLog log(RoomId room) {
    EventLog known = logs.get(room);
    if (known != null) {
      return known;
    }
    EventLog log = logs.computeIfAbsent(room, missing -> new EventLog());
    over(room);
    return log;
  }

  /**
   * Keeps a conference's log until {@link #over} is called.
   *
   * @param room the conference
   */
  public void alive(RoomId room) {
    lock.lock();
    try {
      ended.remove(room);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Marks a conference's log as ended. When there are too many ended logs, the oldest are removed,
   * except those that still have a stream.
   *
   * @param room the conference
   */
  public void over(RoomId room) {
    EventLog log = logs.get(room);
    if (log == null) {
      return;
    }
    lock.lock();
    try {
      ended.remove(room);
      ended.put(room, log);
      Iterator<Map.Entry<RoomId, EventLog>> oldest = ended.entrySet().iterator();
      while (ended.size() > MAX_ENDED && oldest.hasNext()) {
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
