package dev.callflow.conference.visit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a participant holds and must give back, however they go: the latest first, each once. Owned
 * by the participant's thread.
 */
public final class Held implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Held.class);

  private final Deque<Runnable> leases = new ArrayDeque<>();

  /** Adds something to give back. */
  public void add(Runnable giveBack) {
    leases.push(giveBack);
  }

  /** Takes back what was added: it need not be given back any more. */
  public void drop(Runnable giveBack) {
    leases.remove(giveBack);
  }

  @Override
  public void close() {
    while (!leases.isEmpty()) {
      try {
        leases.pop().run();
      } catch (RuntimeException e) {
        // The rest must still be given back: a seat above all.
        LOG.error("something that a participant held could not be given back", e);
      }
    }
  }
}
