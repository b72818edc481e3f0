package dev.callflow.esl.runtime;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Supplies the environment of a client or a server: clock, threads, waits and network.
 *
 * <p>This module waits, starts threads and reads the clock only through this interface, so a test
 * can substitute a clock that jumps ahead when all threads are waiting. Implementations are safe
 * for use by any thread.
 */
public interface EslRuntime {

  /**
   * Returns the default runtime.
   *
   * @return a runtime with virtual threads, the system clock and real sockets
   */
  static EslRuntime system() {
    return SystemRuntime.INSTANCE;
  }

  /**
   * Reads the clock.
   *
   * @return nanoseconds since an arbitrary fixed instant, as with {@link System#nanoTime}
   */
  long nanoTime();

  /**
   * Starts a task on a new virtual thread.
   *
   * @param name the thread's name
   * @param task the task to run
   */
  void start(String name, Runnable task);

  /**
   * Creates an empty mailbox.
   *
   * @param <T> the type of the items
   * @param capacity the maximum number of items in it, at least 1
   * @return the mailbox
   */
  <T> EslMailbox<T> mailbox(int capacity);

  /**
   * Waits until a future is done, whether it succeeded, failed or was cancelled; does not throw the
   * future's own exception.
   *
   * @param future the future to wait for
   * @param timeout the maximum time to wait; with zero or less, the method does not wait
   * @return whether the future is done
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  boolean await(CompletableFuture<?> future, Duration timeout) throws InterruptedException;

  /**
   * Waits until a future is done that a timer completes, at its deadline at the latest. The default
   * runtime needs no second timer for this, which would cost as much as waking the thread.
   *
   * @param future the future to wait for
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  default void await(CompletableFuture<?> future) throws InterruptedException {
    await(future, Duration.ofDays(36_500));
  }

  /**
   * Returns a random number, used to spread reconnects so that clients do not act at the same
   * moment.
   *
   * @return a number from 0 (inclusive) to 1 (exclusive)
   */
  double random();

  /**
   * Returns the network for an address.
   *
   * @param address the address to connect to or to listen on
   * @return the network for this kind of address
   */
  EslNetwork network(SocketAddress address);
}
