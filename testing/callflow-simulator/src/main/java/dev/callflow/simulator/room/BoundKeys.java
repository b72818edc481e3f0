package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Countdown;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SimKeyAction;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Finds the action that a member's keys mean: the longest sequence counts; one that could become
 * longer waits for a while. Used under the switch's lock only.
 */
final class BoundKeys {

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Map<String, SimKeyAction> bound;
  private final BiConsumer<SimKeyAction, String> act;
  private final Countdown patience;
  private String pressed = "";

  BoundKeys(
      SwitchLock lock, Map<String, SimKeyAction> bound, BiConsumer<SimKeyAction, String> act) {
    this.bound = bound;
    this.act = act;
    this.patience = new Countdown(lock, "keys in the room", this::decide);
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
    SimKeyAction action = bound.get(keys);
    if (action != null) {
      act.accept(action, keys);
    }
  }

  void forget() {
    patience.cancel();
    pressed = "";
  }
}
