package dev.callflow.simulator.channel;

import dev.callflow.core.time.Timer;
import dev.callflow.simulator.model.MediaLibrary;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pausable timer that runs an action once, when it expires. Guarded by the switch's lock. */
public final class Countdown {

  private final SwitchLock lock;
  private final String name;
  private final Runnable atEnd;
  private Duration length = Duration.ZERO;
  private Duration left = Duration.ZERO;
  private Instant runsSince = Instant.EPOCH;
  private @Nullable Timer timer;
  private int round;

  public Countdown(SwitchLock lock, String name, Runnable atEnd) {
    this.lock = lock;
    this.name = name;
    this.atEnd = atEnd;
  }

  /** Starts or restarts the countdown; if the length is endless, the action never runs. */
  public void start(Duration newLength) {
    cancel();
    length = newLength;
    left = newLength;
    run();
  }

  public void resume() {
    if (timer == null) {
      run();
    }
  }

  public void pause() {
    if (timer != null) {
      left = left.minus(Duration.between(runsSince, lock.now()));
      cancel();
    }
  }

  public void cancel() {
    round++;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Returns how much of the countdown has passed, excluding pauses. */
  public Duration passed() {
    Duration before = length.minus(left);
    return timer == null ? before : before.plus(Duration.between(runsSince, lock.now()));
  }

  private void run() {
    runsSince = lock.now();
    int started = round;
    timer =
        left.compareTo(MediaLibrary.ENDLESS.dividedBy(2)) > 0
            ? () -> {}
            : lock.after(left, name, () -> act(started));
  }

  /**
   * Runs the action, unless the timer that fired belongs to an earlier run and was cancelled too
   * late.
   */
  private void act(int started) {
    if (started == round) {
      left = Duration.ZERO;
      cancel();
      atEnd.run();
    }
  }
}
