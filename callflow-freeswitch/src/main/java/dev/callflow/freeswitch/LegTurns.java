package dev.callflow.freeswitch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time use the state of a leg: the call's thread for a command, and the event
 * loop for an event.
 *
 * <p>The event loop, which serves many calls, does not wait for a command to end: the command's
 * thread then handles the events that have arrived in the meantime.
 */
final class LegTurns {

  private static final int MAX_ARRIVED = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final Arrived arrived = new Arrived();

  /** The events that wait for their turn. Its own lock is held only while one is added or taken. */
  private static final class Arrived {

    private final Queue<Runnable> queue = new ArrayDeque<>(2);

    synchronized boolean offer(Runnable handling) {
      return queue.size() < MAX_ARRIVED && queue.add(handling);
    }

    synchronized @Nullable Runnable poll() {
      return queue.poll();
    }

    synchronized boolean isEmpty() {
      return queue.isEmpty();
    }
  }

  /** Gives a command; returns when it has been given. The command must not block. */
  void command(Runnable command) {
    command(() -> {
      command.run();
      return true;
    });
  }

  <T> T command(Supplier<T> command) {
    lock.lock();
    try {
      return command.get();
    } finally {
      lock.unlock();
      handleArrived();
    }
  }

  /**
   * Handles an event after all earlier ones, on this thread or on that of a command. Called by one
   * thread at a time. The handling must neither block nor throw.
   */
  void event(Runnable handling) {
    while (!arrived.offer(handling)) {
      command(this::handleArrived);
    }
    handleArrived();
  }

  /** Leaves the events to the thread that has the turn, which looks for events after it. */
  private void handleArrived() {
    while (!arrived.isEmpty() && lock.tryLock()) {
      try {
        for (Runnable next = arrived.poll(); next != null; next = arrived.poll()) {
          next.run();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
