package dev.callflow.conference.visit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources that a participant holds. However the participant leaves, each resource is released
 * once, the most recent first. Used by the participant's thread only.
 */
public final class Held implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Held.class);

  private final Deque<Runnable> leases = new ArrayDeque<>(4);

  /** Adds an action that releases a resource. */
  public void add(Runnable giveBack) {
    leases.push(giveBack);
  }

  /** Removes an action, so that {@link #close} no longer runs it. */
  public void drop(Runnable giveBack) {
    leases.remove(giveBack);
  }

  @Override
  public void close() {
    while (!leases.isEmpty()) {
      try {
        leases.pop().run();
      } catch (RuntimeException e) {
        // The other resources must still be released, above all the seat.
        LOG.error("cannot release a resource held by a participant", e);
      }
    }
  }
}
