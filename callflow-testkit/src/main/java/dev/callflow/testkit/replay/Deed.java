package dev.callflow.testkit.replay;

import java.time.Duration;

/** What a caller does in one step. */
sealed interface Deed {

  /** He presses keys, 100 ms apart. */
  record Presses(String keys) implements Deed {

    /** Hides the keys: they may be a PIN. */
    @Override
    public String toString() {
      return "presses " + keys.length() + " keys";
    }
  }

  /** He hangs up. */
  record HangsUp() implements Deed {
    @Override
    public String toString() {
      return "hangs up";
    }
  }

  /** He talks for so long. */
  record Speaks(Duration length) implements Deed {
    @Override
    public String toString() {
      return "speaks for " + Durations.text(length);
    }
  }
}
