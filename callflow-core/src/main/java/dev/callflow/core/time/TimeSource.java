package dev.callflow.core.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time, starts threads and makes the inboxes on which they wait.
 *
 * <p>Everything above the wire waits through this type only, so that a test can put virtual time in
 * its place: there, time jumps to the next deadline as soon as every thread waits. Implementations
 * are safe for use by any thread.
 */
public interface TimeSource {

  /**
   * Returns the real time of the machine.
   *
   * @return a source whose threads are virtual threads and whose clock is the system's
   */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /**
   * Returns the present instant.
   *
   * @return now; never goes back by more than the system clock is set back
   */
  Instant now();

  /**
   * Starts a task on a virtual thread of its own.
   *
   * @param name the thread's name
   * @param task what runs; an exception that it throws ends the thread and is logged
   * @return the started thread, for interruption
   */
  Thread start(String name, Runnable task);

  /**
   * Makes an empty inbox.
   *
   * @param <T> what it holds
   * @param capacity how many items may wait in it, at least 1
   * @return the inbox
   */
  <T> Inbox<T> inbox(int capacity);

  /**
   * Runs a short task later, on a thread of its own.
   *
   * @param delay how long from now; zero or less means at once
   * @param name the name of the thread
   * @param task what runs
   * @return the timer, to cancel it
   */
  Timer after(Duration delay, String name, Runnable task);
}
