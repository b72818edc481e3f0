package dev.callflow.conference.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who waits for which state of a room; found by the state, however many wait. */
final class Conditions {

  private final Map<Condition, List<PendingCondition>> waiting = new HashMap<>();

  void add(PendingCondition expectation) {
    waiting.computeIfAbsent(expectation.awaited(), key -> new ArrayList<>()).add(expectation);
  }

  void forget(PendingCondition expectation) {
    waiting.computeIfPresent(
        expectation.awaited(),
        (key, all) -> {
          all.remove(expectation);
          return all.isEmpty() ? null : all;
        });
  }

  void sign(Condition awaited, Condition.Sign sign) {
    List<PendingCondition> all = waiting.remove(awaited);
    if (all != null) {
      all.forEach(expectation -> expectation.tell(sign));
    }
  }

  List<Condition> all() {
    return List.copyOf(waiting.keySet());
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
