package dev.callflow.conference.visit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases that a participant must give back, whichever way they leave. Each is given back once,
 * the latest first. Used by the participant's thread only.
 */
public final class Held implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Held.class);

  private final Deque<Runnable> leases = new ArrayDeque<>();

  /** Adds an action that gives back a lease. */
  public void add(Runnable giveBack) {
    leases.push(giveBack);
  }

  /** Removes an action, which then no longer runs on {@link #close}. */
  public void drop(Runnable giveBack) {
    leases.remove(giveBack);
  }

  @Override
  public void close() {
    while (!leases.isEmpty()) {
      try {
        leases.pop().run();
      } catch (RuntimeException e) {
        // The other leases must still be given back, above all the seat.
        LOG.error("cannot give back a lease of a participant", e);
      }
    }
  }
}
