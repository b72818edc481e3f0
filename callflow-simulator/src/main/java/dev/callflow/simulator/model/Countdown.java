package dev.callflow.simulator.model;

import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time that runs down, can stand still in between, and acts once; used inside the guard only. */
final class Countdown {

  private final Guard guard;
  private final String name;
  private final Runnable atEnd;
  private Duration length = Duration.ZERO;
  private Duration left = Duration.ZERO;
  private Instant runsSince = Instant.EPOCH;
  private @Nullable Timer timer;
  private int round;

  Countdown(Guard guard, String name, Runnable atEnd) {
    this.guard = guard;
    this.name = name;
    this.atEnd = atEnd;
  }

  /** Starts, or starts anew; an endless length never acts. */
  void start(Duration newLength) {
    cancel();
    length = newLength;
    left = newLength;
    run();
  }

  void resume() {
    if (timer == null) {
      run();
    }
  }

  void pause() {
    if (timer != null) {
      left = left.minus(Duration.between(runsSince, guard.now()));
      cancel();
    }
  }

  void cancel() {
    round++;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Returns how much has run down. */
  Duration passed() {
    Duration before = length.minus(left);
    return timer == null ? before : before.plus(Duration.between(runsSince, guard.now()));
  }

  private void run() {
    runsSince = guard.now();
    int started = round;
    timer =
        left.compareTo(MediaLibrary.ENDLESS.dividedBy(2)) > 0
            ? () -> {}
            : guard.after(left, name, () -> act(started));
  }

  /** A timer that was cancelled too late finds another round. */
  private void act(int started) {
    if (started == round) {
      left = Duration.ZERO;
      cancel();
      atEnd.run();
    }
  }
}
