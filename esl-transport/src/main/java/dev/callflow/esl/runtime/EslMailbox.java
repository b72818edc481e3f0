package dev.callflow.esl.runtime;

import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with one reader: any thread may offer, one at a time may take.
 *
 * @param <T> what it holds
 */
public interface EslMailbox<T> {

  /**
   * Adds an item; never blocks.
   *
   * @param item what to add
   * @return false if the mailbox is full; the item is dropped then
   */
  boolean offer(T item);

  /**
   * Takes the next item, waiting for one if there is none.
   *
   * @param timeout how long to wait; zero or less does not wait
   * @return the item, or null if none came in time
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  @Nullable T poll(Duration timeout) throws InterruptedException;

  /**
   * Takes the items that are there; never blocks.
   *
   * @param into receives them, in order
   * @param max how many to take at most
   */
  void drainTo(Collection<? super T> into, int max);

  /**
   * Returns how many items wait.
   *
   * @return their number
   */
  int size();
}
