package dev.callflow.core.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with one reader.
 *
 * <p>Any thread may offer items and close the inbox. Only one thread at a time may poll.
 *
 * @param <T> the type of items
 */
public interface Inbox<T> {

  /**
   * Adds an item; never blocks.
   *
   * @param item the item
   * @return false if the item was dropped because the inbox is full or closed
   */
  boolean offer(T item);

  /**
   * Closes the inbox with a last item, which is delivered after all others even if the inbox is
   * full. Later offers are refused; closing again does nothing.
   *
   * @param last the last item
   */
  void close(T last);

  /**
   * Takes the next item, waiting for one if necessary.
   *
   * @param timeout the maximum time to wait; the method does not wait if it is zero or negative
   * @return the item; null if none arrived before the timeout
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  @Nullable T poll(Duration timeout) throws InterruptedException;
}
