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
 * What waits to be sent to one client. Of too many events the oldest are dropped, and the client is
 * told; replies are never dropped, and a client that does not read them is disconnected.
 *
 * <p>Any thread may put in; one takes. To put in never waits.
 */
final class Outbox {

  /** As many texts are handed to a connection at once. */
  private static final int MAX_AT_ONCE = 256;

  private static final int MAX_REPLIES = 100;

  private record Waiting(@Nullable SubscriptionTopic topic, byte[] text) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<SubscriptionTopic, Long> missed = new LinkedHashMap<>();
  private final Inbox<Boolean> bell;
  private final int maxEvents;
  private int replies;
  private long lost;
  private boolean closed;

  Outbox(TimeSource time, int maxEvents) {
    this.bell = time.inbox(1);
    this.maxEvents = maxEvents;
  }

  /** Puts in an event, instead of the oldest if there is no room. */
  void event(SubscriptionTopic topic, byte[] text) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (waiting.size() - replies == maxEvents) {
        dropOldest();
      }
      waiting.addLast(new Waiting(topic, text));
    } finally {
      lock.unlock();
    }
    bell.offer(true);
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

  /** Tells that events are lost to this client, before all that waits. */
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
    bell.offer(true);
  }

  /** Puts in a reply; false if too many are not taken. */
  boolean reply(byte[] text) {
    lock.lock();
    try {
      if (closed || replies == MAX_REPLIES) {
        return closed;
      }
      replies++;
      waiting.addLast(new Waiting(null, text));
    } finally {
      lock.unlock();
    }
    bell.offer(true);
    return true;
  }

  /** Takes what waits, waiting for the first; none if nothing came in time or it is closed. */
  List<byte[]> take(Duration longest) throws InterruptedException {
    List<byte[]> taken = takeNow();
    // The bell may have rung for what was taken already: then it is asked again.
    while (taken.isEmpty() && !isClosed() && bell.poll(longest) != null) {
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
        taken.add(next.text());
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

  /** How many events are lost to this client so far. */
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
    bell.offer(true);
  }
}
