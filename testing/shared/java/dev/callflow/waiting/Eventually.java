package dev.callflow.waiting;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits in a test until a condition holds.
 *
 * <p>All waits have the same timeout, {@link #LIMIT}. It serves only to keep a broken test from
 * hanging; a passing test never comes near it, no matter how slow the machine is. If it expires,
 * the test fails and reports the expected and the last seen value, and the stacks of all threads
 * that run this project's code.
 */
public final class Eventually {

  /** The timeout of every wait. */
  public static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(2);

  private Eventually() {}

  /** A check that throws an {@link AssertionError} until it holds. */
  @FunctionalInterface
  public interface Check {
    /**
     * Runs the check.
     *
     * @throws Exception if the check itself fails, which ends the wait
     */
    void run() throws Exception;
  }

  /**
   * Waits until a condition is true.
   *
   * @param expected the condition in words, for the failure message
   * @param condition the condition; evaluated repeatedly on the calling thread
   */
  public static void holds(String expected, Callable<Boolean> condition) {
    holds(expected, condition, () -> "false");
  }

  /**
   * Waits until a condition is true.
   *
   * @param expected the condition in words, for the failure message
   * @param condition the condition; evaluated repeatedly on the calling thread
   * @param seen returns the current state, for the failure message
   */
  public static void holds(
      String expected, Callable<Boolean> condition, Callable<? extends @Nullable Object> seen) {
    long deadline = deadline();
    while (!call(condition)) {
      pauseOrFail(deadline, expected, seen);
    }
  }

  /**
   * Waits until assertions pass.
   *
   * @param assertions the assertions; run repeatedly on the calling thread
   */
  public static void passes(Check assertions) {
    long deadline = deadline();
    while (true) {
      try {
        assertions.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() - deadline >= 0) {
          e.addSuppressed(
              new AssertionError("still failing after " + LIMIT + "\n" + Threads.inProjectCode()));
          throw e;
        }
        pause();
      } catch (Exception e) {
        throw new AssertionError("the check itself failed", e);
      }
    }
  }

  /**
   * Waits until there is a value.
   *
   * @param expected the value in words, for the failure message
   * @param value returns the value once there is one; called repeatedly on the calling thread
   * @return the value
   * @param <T> the type of the value
   */
  public static <T> T value(String expected, Callable<Optional<T>> value) {
    long deadline = deadline();
    while (true) {
      Optional<T> now = call(value);
      if (now.isPresent()) {
        return now.get();
      }
      pauseOrFail(deadline, expected, () -> "nothing");
    }
  }

  /**
   * Takes the next element of a queue.
   *
   * @param expected the element in words, for the failure message
   * @param queue the queue
   * @return the element, removed from the queue
   * @param <T> the type of the element
   */
  public static <T> T next(String expected, BlockingQueue<T> queue) {
    return value(expected, () -> Optional.ofNullable(queue.poll()));
  }

  /**
   * Waits until a latch has reached zero.
   *
   * @param expected the expected event in words, for the failure message
   * @param latch the latch
   */
  public static void reached(String expected, CountDownLatch latch) {
    holds(expected, () -> latch.getCount() == 0, () -> "remaining count: " + latch.getCount());
  }

  /**
   * Waits for the result of a future.
   *
   * @param expected the result in words, for the failure message
   * @param future the future
   * @return the result of the future
   * @param <T> the type of the result
   * @throws ExecutionException if the future failed
   */
  public static <T extends @Nullable Object> T result(String expected, Future<T> future)
      throws ExecutionException {
    holds(expected, future::isDone, () -> "not done: " + future);
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Waits until a thread has ended.
   *
   * @param thread the thread
   */
  public static void ended(Thread thread) {
    holds("the end of thread " + thread.getName(), () -> !thread.isAlive(), thread::getState);
  }

  /**
   * Waits until a process has ended.
   *
   * @param process the process
   * @return its exit status
   */
  public static int ended(Process process) {
    holds(
        "the end of process " + process.pid(),
        () -> !process.isAlive(),
        () -> "running: " + process.info().commandLine().orElse(""));
    return process.exitValue();
  }

  private static long deadline() {
    return System.nanoTime() + LIMIT.toNanos();
  }

  private static void pauseOrFail(
      long deadline, String expected, Callable<? extends @Nullable Object> seen) {
    if (System.nanoTime() - deadline >= 0) {
      throw new AssertionError(
          "expected within %s: %s%nseen: %s%n%s"
              .formatted(LIMIT, expected, String.valueOf(call(seen)), Threads.inProjectCode()));
    }
    pause();
  }

  private static void pause() {
    LockSupport.parkNanos(PAUSE.toNanos());
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(new InterruptedException());
    }
  }

  private static <T extends @Nullable Object> T call(Callable<T> callable) {
    try {
      return callable.call();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (Exception e) {
      throw new AssertionError("the condition could not be evaluated", e);
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting", e);
  }
}
