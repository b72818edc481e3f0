package dev.callflow.simulator.channel;

import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Guards the entire state of a switch: every read and every change runs under this lock.
 *
 * <p>Events are delivered when a change is complete, in the order in which they were emitted. If a
 * listener changes the switch, the events of that change are added to the end of the queue.
 */
public final class SwitchLock {

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> undelivered = new ArrayDeque<>();
  private final Queue<Runnable> afterwards = new ArrayDeque<>();
  private final List<Consumer<SwitchEvent>> listeners = new CopyOnWriteArrayList<>();

  public SwitchLock(TimeSource time) {
    this.time = time;
  }

  public void listen(Consumer<SwitchEvent> listener) {
    listeners.add(listener);
  }

  public void emit(SwitchEvent event) {
    undelivered.add(() -> listeners.forEach(listener -> listener.accept(event)));
  }

  /** Runs an action after all events emitted so far have been delivered. */
  public void afterEvents(Runnable what) {
    undelivered.add(what);
  }

  /** Runs an action as soon as the current change is complete, before its events are delivered. */
  public void afterwards(Runnable what) {
    afterwards.add(what);
  }

  public Instant now() {
    return time.now();
  }

  public Timer after(Duration delay, String name, Runnable task) {
    return time.after(delay, name, () -> run(task));
  }

  public void run(Runnable change) {
    get(() -> {
      change.run();
      return true;
    });
  }

  public <T> T get(Supplier<T> change) {
    lock.lock();
    try {
      T result = change.get();
      if (lock.getHoldCount() == 1) {
        complete();
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void complete() {
    do {
      Runnable next;
      while ((next = afterwards.poll()) != null) {
        next.run();
      }
      deliver();
    } while (!afterwards.isEmpty());
  }

  private void deliver() {
    Runnable next;
    while ((next = undelivered.poll()) != null) {
      next.run();
    }
  }
}
