package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Finds the action that a member's keys mean: the longest sequence counts; one that could become
 * longer waits for a while. Used inside the guard only.
 */
final class Keys {

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Map<String, KeyAction> bound;
  private final BiConsumer<KeyAction, String> act;
  private final Countdown patience;
  private String pressed = "";

  Keys(Guard guard, Map<String, KeyAction> bound, BiConsumer<KeyAction, String> act) {
    this.bound = bound;
    this.act = act;
    this.patience = new Countdown(guard, "keys in the room", this::decide);
  }

  void press(char key) {
    pressed += key;
    boolean mayGrow =
        bound.keySet().stream().anyMatch(it -> it.startsWith(pressed) && !it.equals(pressed));
    if (mayGrow) {
      patience.start(BETWEEN);
    } else {
      decide();
    }
  }

  private void decide() {
    String keys = pressed;
    forget();
    KeyAction action = bound.get(keys);
    if (action != null) {
      act.accept(action, keys);
    }
  }

  void forget() {
    patience.cancel();
    pressed = "";
  }
}
