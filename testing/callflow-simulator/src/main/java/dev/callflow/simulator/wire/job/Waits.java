package dev.callflow.simulator.wire.job;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Waits in the time of the simulated FreeSWITCH: real, scaled or virtual. Thread-safe. */
public final class Waits {

  private final TimeSource time;

  public Waits(TimeSource time) {
    this.time = time;
  }

  /** Returns the nanoseconds that have passed since the current second began. */
  public int nanosOfSecond() {
    return time.now().getNano();
  }

  /** Waits for a duration; returns early if the thread is interrupted. */
  void pass(Duration duration) {
    await(new CompletableFuture<>(), duration);
  }

  /**
   * Waits until a future is done; returns false after the timeout, or if the thread is interrupted.
   */
  public boolean await(CompletableFuture<?> future, Duration timeout) {
    Inbox<Boolean> done = time.inbox(1);
    future.whenComplete((value, failure) -> done.offer(true));
    try {
      done.poll(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return future.isDone();
  }
}
