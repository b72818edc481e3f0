package dev.callflow.esl.runtime;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Supplies what a client or a server takes from its surroundings: clock, threads, waits, network.
 *
 * <p>Nothing in this module waits, starts a thread or reads a clock in another way, so that a test
 * can put a clock in its place that jumps when all threads wait. Implementations are safe for use
 * by any thread.
 */
public interface EslRuntime {

  /**
   * Returns the machine's own runtime.
   *
   * @return a runtime of virtual threads, the system's clock, and real sockets
   */
  static EslRuntime system() {
    return SystemRuntime.INSTANCE;
  }

  /**
   * Reads the clock.
   *
   * @return nanoseconds since some fixed instant, as {@link System#nanoTime} counts them
   */
  long nanoTime();

  /**
   * Starts a task on a virtual thread of its own.
   *
   * @param name the thread's name
   * @param task what to run
   */
  void start(String name, Runnable task);

  /**
   * Makes an empty mailbox.
   *
   * @param <T> what it holds
   * @param capacity how many items may wait in it, at least 1
   * @return the mailbox
   */
  <T> EslMailbox<T> mailbox(int capacity);

  /**
   * Waits until a future is done, in whatever way; does not throw what it has failed with.
   *
   * @param future what to wait for
   * @param timeout how long to wait; zero or less does not wait
   * @return whether it is done
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  boolean await(CompletableFuture<?> future, Duration timeout) throws InterruptedException;

  /**
   * Draws a random number, to spread what must not happen at the same moment everywhere.
   *
   * @return a number from 0 (inclusive) to 1 (exclusive)
   */
  double random();

  /**
   * Chooses the network of an address.
   *
   * @param address where to connect or to listen
   * @return its network
   */
  EslNetwork network(SocketAddress address);
}
