package dev.callflow.conference.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who waits for which state of a room; found by the state, however many wait. */
final class Expectations {

  private final Map<Awaited, List<Expectation>> waiting = new HashMap<>();

  void add(Expectation expectation) {
    waiting.computeIfAbsent(expectation.awaited(), key -> new ArrayList<>()).add(expectation);
  }

  void forget(Expectation expectation) {
    waiting.computeIfPresent(
        expectation.awaited(),
        (key, all) -> {
          all.remove(expectation);
          return all.isEmpty() ? null : all;
        });
  }

  void sign(Awaited awaited, Awaited.Sign sign) {
    List<Expectation> all = waiting.remove(awaited);
    if (all != null) {
      all.forEach(expectation -> expectation.tell(sign));
    }
  }

  List<Awaited> all() {
    return List.copyOf(waiting.keySet());
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
