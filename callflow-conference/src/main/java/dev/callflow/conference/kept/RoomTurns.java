package dev.callflow.conference.kept;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets threads act one after the other, in the order in which they queue. Unlike a lock, a turn can
 * be held while its thread waits for the mixer, and another thread can begin it. Safe for use by
 * any thread.
 */
public final class RoomTurns {

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();

  /** The turns that have not ended, by what they concern; the first of each is under way. */
  private final Map<Object, Deque<Turn>> queues = new HashMap<>();

  public RoomTurns(TimeSource time) {
    this.time = time;
  }

  /**
   * Queues for a turn without waiting for it.
   *
   * @param subject what the turn concerns, such as a room; turns of different subjects are
   *     independent
   * @return the turn, which must be closed
   */
  public Turn queue(Object subject) {
    Turn turn = new Turn(subject);
    lock.lock();
    try {
      Deque<Turn> queue = queues.computeIfAbsent(subject, fresh -> new ArrayDeque<>());
      queue.addLast(turn);
      if (queue.getFirst() == turn) {
        turn.go.offer(true);
      }
    } finally {
      lock.unlock();
    }
    return turn;
  }

  /** A place in a queue, and then the permission to act. */
  public final class Turn implements AutoCloseable {

    private final Object subject;
    private final Inbox<Boolean> go = time.inbox(1);

    private Turn(Object subject) {
      this.subject = subject;
    }

    /** Waits until the earlier turns have ended; returns false if they do not end in time. */
    public boolean begin(Duration timeout) {
      try {
        return go.poll(timeout) != null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /** Ends the turn, or leaves the queue. */
    @Override
    public void close() {
      lock.lock();
      try {
        Deque<Turn> queue = queues.getOrDefault(subject, new ArrayDeque<>());
        boolean wasFirst = queue.peekFirst() == this;
        queue.remove(this);
        if (queue.isEmpty()) {
          queues.remove(subject);
        } else if (wasFirst) {
          queue.getFirst().go.offer(true);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
