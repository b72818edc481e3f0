package dev.callflow.testkit.replay.script;

import dev.callflow.testkit.replay.text.Durations;
import java.time.Duration;

/** The action of a caller in one step. */
public sealed interface ScriptAction {

  /** The caller presses keys, 100 ms apart. */
  record Presses(String keys) implements ScriptAction {

    /** Hides the keys, since they may be a PIN. */
    @Override
    public String toString() {
      return "presses " + keys.length() + " keys";
    }
  }

  /** The caller hangs up. */
  record HangsUp() implements ScriptAction {
    @Override
    public String toString() {
      return "hangs up";
    }
  }

  /** The caller talks for the given time. */
  record Speaks(Duration length) implements ScriptAction {
    @Override
    public String toString() {
      return "speaks for " + Durations.text(length);
    }
  }
}
