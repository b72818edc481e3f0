package dev.callflow.host.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is still to be recorded, with a bound: while the store is unavailable, new happenings push
 * out the oldest ones, because the newest say more about what is running.
 *
 * <p>Safe for use by any thread; never blocks.
 */
final class Backlog {

  private final int capacity;
  private final Deque<Happening> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long dropped;

  /**
   * @param capacity the maximum number of happenings
   */
  Backlog(int capacity) {
    this.capacity = capacity;
  }

  void add(Happening happening) {
    lock.lock();
    try {
      if (waiting.size() == capacity) {
        waiting.removeFirst();
        dropped++;
      }
      waiting.addLast(happening);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest happenings, at most a number of them. */
  List<Happening> take(int max) {
    lock.lock();
    try {
      List<Happening> taken = new ArrayList<>();
      while (taken.size() < max && !waiting.isEmpty()) {
        taken.add(waiting.removeFirst());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many happenings have been dropped since the start. */
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }
}
