package dev.callflow.conference.visit;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a participant holds and must give back, however they go: the latest first, each once. Owned
 * by the participant's thread.
 */
public final class Held implements AutoCloseable {

  private final Deque<Runnable> leases = new ArrayDeque<>();

  /** Adds something to give back. */
  public void add(Runnable giveBack) {
    leases.push(giveBack);
  }

  @Override
  public void close() {
    while (!leases.isEmpty()) {
      leases.pop().run();
    }
  }
}
