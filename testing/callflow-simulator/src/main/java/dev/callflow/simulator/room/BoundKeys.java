package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Countdown;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SimKeyAction;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Maps a member's key presses to actions. The longest matching sequence wins, so a sequence that
 * begins a longer one takes effect only after a pause. Guarded by the switch's lock.
 */
final class BoundKeys {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Map<String, SimKeyAction> bound;
  private final BiConsumer<SimKeyAction, String> act;
  private final Countdown pause;
  private String pressed = "";

  BoundKeys(
      SwitchLock lock, Map<String, SimKeyAction> bound, BiConsumer<SimKeyAction, String> act) {
    this.bound = bound;
    this.act = act;
    this.pause = new Countdown(lock, "keys in the room", this::decide);
  }

  void press(char key) {
    pressed += key;
    boolean mayGrow =
        bound.keySet().stream().anyMatch(it -> it.startsWith(pressed) && !it.equals(pressed));
    if (mayGrow) {
      pause.start(PAUSE);
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
    pause.cancel();
    pressed = "";
  }
}
