package dev.callflow.core.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with one reader.
 *
 * <p>Any thread may offer and close; one thread at a time may poll.
 *
 * @param <T> what it holds
 */
public interface Inbox<T> {

  /**
   * Puts an item in; never blocks.
   *
   * @param item what to put in
   * @return false if the inbox is full or closed; the item is dropped then
   */
  boolean offer(T item);

  /**
   * Closes the inbox with a last item, which is delivered behind all others even if the inbox is
   * full. Later offers are refused; closing again does nothing.
   *
   * @param last the last item
   */
  void close(T last);

  /**
   * Takes the next item, waiting for one if there is none.
   *
   * @param longest how long to wait; zero or less does not wait
   * @return the item, or null if none came in time
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  @Nullable T poll(Duration longest) throws InterruptedException;
}
