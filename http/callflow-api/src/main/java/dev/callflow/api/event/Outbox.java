package dev.callflow.api.event;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queue of messages to one client. When it holds too many events, the oldest are dropped and
 * the client receives a notice. Replies are never dropped; a client that does not read them is
 * disconnected.
 *
 * <p>Any thread may add messages; adding never blocks. A single thread takes them.
 */
final class Outbox {

  /** The maximum number of messages passed to the transport at once. */
  private static final int MAX_AT_ONCE = 256;

  private static final int MAX_REPLIES = 100;

  /** A message; the topic is null for a reply. */
  private record Waiting(@Nullable SubscriptionTopic topic, byte[] message) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<SubscriptionTopic, Long> missed = new LinkedHashMap<>();
  private final Inbox<Boolean> signal;
  private final int maxEvents;
  private int replies;
  private long lost;
  private boolean closed;

  Outbox(TimeSource time, int maxEvents) {
    this.signal = time.inbox(1);
    this.maxEvents = maxEvents;
  }

  /** Adds an event; if the queue is full, drops the oldest event. */
  void event(SubscriptionTopic topic, byte[] message) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (waiting.size() - replies == maxEvents) {
        dropOldest();
      }
      waiting.addLast(new Waiting(topic, message));
    } finally {
      lock.unlock();
    }
    signal.offer(true);
  }

  private void dropOldest() {
    Iterator<Waiting> oldest = waiting.iterator();
    while (oldest.hasNext()) {
      SubscriptionTopic topic = oldest.next().topic();
      if (topic != null) {
        oldest.remove();
        missed.merge(topic, 1L, Long::sum);
        lost++;
        return;
      }
    }
  }

  /** Adds a notice that the client has missed events; it is sent before the waiting messages. */
  void missed(SubscriptionTopic topic, long count) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      missed.merge(topic, count, Long::sum);
      lost += count;
    } finally {
      lock.unlock();
    }
    signal.offer(true);
  }

  /** Adds a reply; returns false if too many replies are waiting. */
  boolean reply(byte[] message) {
    lock.lock();
    try {
      if (closed || replies == MAX_REPLIES) {
        return closed;
      }
      replies++;
      waiting.addLast(new Waiting(null, message));
    } finally {
      lock.unlock();
    }
    signal.offer(true);
    return true;
  }

  /** Waits for messages and takes them; returns an empty list on a timeout or when closed. */
  List<byte[]> take(Duration timeout) throws InterruptedException {
    List<byte[]> taken = takeNow();
    // The signal may be left over from a message that was already taken: check again.
    while (taken.isEmpty() && !isClosed() && signal.poll(timeout) != null) {
      taken = takeNow();
    }
    return taken;
  }

  private List<byte[]> takeNow() {
    lock.lock();
    try {
      List<byte[]> taken = new ArrayList<>();
      missed.forEach((topic, count) -> taken.add(topic.missed(count)));
      missed.clear();
      while (taken.size() < MAX_AT_ONCE && !waiting.isEmpty()) {
        Waiting next = waiting.removeFirst();
        if (next.topic() == null) {
          replies--;
        }
        taken.add(next.message());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many events the client has missed so far. */
  long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      missed.clear();
    } finally {
      lock.unlock();
    }
    signal.offer(true);
  }
}
