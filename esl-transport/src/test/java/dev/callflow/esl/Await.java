package dev.callflow.esl;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for conditions. The deadline is there so as not to hang for ever: only a failure meets it.
 */
final class Await {

  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

  private Await() {}

  /** Waits until something holds. */
  static void until(String expected, BooleanSupplier condition, Supplier<Object> seen) {
    long latest = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > latest) {
        throw failed(expected, seen.get());
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /** Waits for the next item of a queue. */
  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T item = queue.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    if (item == null) {
      throw failed("one more item", "none");
    }
    return item;
  }

  /** Waits for a result; throws what it has failed with. */
  static <T> T result(Future<T> future) throws InterruptedException, ExecutionException {
    try {
      return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw failed("a result", future);
    }
  }

  static void opened(CountDownLatch latch) {
    try {
      if (!latch.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw failed("an open latch", latch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AssertionError failed(String expected, Object seen) {
    return new AssertionError(
        "expected within %s: %s%nseen: %s%nthreads:%n%s"
            .formatted(DEADLINE, expected, seen, threads()));
  }

  /** The event loops are among them; virtual threads are not. */
  private static String threads() {
    StringBuilder text = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach((thread, frames) -> {
          text.append(thread.getName()).append('\n');
          for (StackTraceElement frame : frames) {
            text.append("    at ").append(frame).append('\n');
          }
        });
    return text.toString();
  }
}
