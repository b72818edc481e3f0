package dev.callflow.esl.runtime;

import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue: any thread may add items, and only one thread at a time may take them.
 *
 * @param <T> the type of the items
 */
public interface EslMailbox<T> {

  /**
   * Adds an item; never blocks.
   *
   * @param item the item to add
   * @return true if the item was added; false if the mailbox is full and the item was dropped
   */
  boolean offer(T item);

  /**
   * Takes the next item, waiting for one if the mailbox is empty.
   *
   * @param timeout the maximum time to wait; with zero or less, the method does not wait
   * @return the item, or null if none arrived in time
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  @Nullable T poll(Duration timeout) throws InterruptedException;

  /**
   * Takes items that are already in the mailbox; never blocks.
   *
   * @param into the collection that the items are added to, in order
   * @param max the maximum number of items to take
   */
  void drainTo(Collection<? super T> into, int max);

  /**
   * Returns the number of items in the mailbox.
   *
   * @return the number of items
   */
  int size();
}
