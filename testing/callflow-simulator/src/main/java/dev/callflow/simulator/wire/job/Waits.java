package dev.callflow.simulator.wire.job;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Waits as the simulated FreeSWITCH does: by its own time, be that real, scaled or virtual. */
public final class Waits {

  private final TimeSource time;

  public Waits(TimeSource time) {
    this.time = time;
  }

  /** How much of the present second has passed. */
  public int nanosOfSecond() {
    return time.now().getNano();
  }

  /** Waits for so long; less if the thread is interrupted. */
  void pass(Duration duration) {
    await(new CompletableFuture<>(), duration);
  }

  /** Waits until a future is done; false if the time is up or the thread is interrupted. */
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
