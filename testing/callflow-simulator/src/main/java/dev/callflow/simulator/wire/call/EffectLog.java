package dev.callflow.simulator.wire.call;

import dev.callflow.simulator.wire.effect.Effect;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A bounded log of the latest effects. Thread-safe. */
public final class EffectLog {

  private static final int MAX_EFFECTS = 10_000;

  private final Deque<Effect> latest = new ArrayDeque<>();

  public synchronized void add(Effect effect) {
    if (latest.size() == MAX_EFFECTS) {
      latest.removeFirst();
    }
    latest.addLast(effect);
  }

  public synchronized List<Effect> all() {
    return List.copyOf(latest);
  }

  public synchronized void clear() {
    latest.clear();
  }
}
