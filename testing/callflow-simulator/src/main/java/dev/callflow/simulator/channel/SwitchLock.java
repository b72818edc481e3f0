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
 * The one owner of a switch's state: whatever reads or changes it does so in here, one at a time.
 *
 * <p>Events are told when a change is complete, in the order in which they were emitted; a listener
 * that changes the switch again adds to the end.
 */
public final class SwitchLock {

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> untold = new ArrayDeque<>();
  private final Queue<Runnable> afterwards = new ArrayDeque<>();
  private final List<Consumer<SwitchEvent>> listeners = new CopyOnWriteArrayList<>();

  public SwitchLock(TimeSource time) {
    this.time = time;
  }

  public void listen(Consumer<SwitchEvent> listener) {
    listeners.add(listener);
  }

  public void emit(SwitchEvent event) {
    untold.add(() -> listeners.forEach(listener -> listener.accept(event)));
  }

  /** Does something when everything that has been emitted so far is told. */
  public void whenTold(Runnable what) {
    untold.add(what);
  }

  /** Does something when what is being done now is complete, in no time. */
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
      tell();
    } while (!afterwards.isEmpty());
  }

  private void tell() {
    Runnable next;
    while ((next = untold.poll()) != null) {
      next.run();
    }
  }
}
