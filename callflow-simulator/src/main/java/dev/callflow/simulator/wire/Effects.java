package dev.callflow.simulator.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest effects, so many at most. */
final class Effects {

  private static final int MAX_EFFECTS = 10_000;

  private final Deque<Effect> latest = new ArrayDeque<>();

  synchronized void add(Effect effect) {
    if (latest.size() == MAX_EFFECTS) {
      latest.removeFirst();
    }
    latest.addLast(effect);
  }

  synchronized List<Effect> all() {
    return List.copyOf(latest);
  }

  synchronized void clear() {
    latest.clear();
  }
}
