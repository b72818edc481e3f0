package dev.callflow.core.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Provides the time, starts threads, and creates the inboxes on which they wait.
 *
 * <p>All code above the event socket waits only through this type, so tests can substitute virtual
 * time, which jumps to the next deadline as soon as every thread waits. Implementations are safe
 * for use by any thread.
 */
public interface TimeSource {

  /**
   * Returns the time source of the system.
   *
   * @return a time source that uses the system clock and virtual threads
   */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /**
   * Returns the current time.
   *
   * @return the current time; goes back only if the system clock is set back
   */
  Instant now();

  /**
   * Starts a task on a new virtual thread.
   *
   * @param name the thread's name
   * @param task the task; if it throws an exception, the thread ends and the exception is logged
   * @return the started thread, which may be interrupted
   */
  Thread start(String name, Runnable task);

  /**
   * Creates an empty inbox.
   *
   * @param <T> the type of items
   * @param capacity the maximum number of items in the inbox, at least 1
   * @return the inbox
   */
  <T> Inbox<T> inbox(int capacity);

  /**
   * Runs a short task after a delay, on a thread of its own.
   *
   * @param delay the delay; the task runs immediately if it is zero or negative
   * @param name the name of the thread
   * @param task the task
   * @return the timer, which can cancel the task
   */
  Timer after(Duration delay, String name, Runnable task);
}
