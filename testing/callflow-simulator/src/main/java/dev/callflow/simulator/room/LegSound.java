package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Countdown;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.Running;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.Optional;

/** Plays the mixer's prompts to one channel outside a room. Guarded by the switch's lock. */
final class LegSound {

  private final SwitchLock lock;
  private final Running.Context leg;
  private final MediaShelf media;
  private final Countdown silenceBefore;
  private final Countdown remaining;
  private String file = "";
  private boolean playing;
  private Runnable then = () -> {};

  LegSound(SwitchLock lock, Running.Context leg, MediaShelf media) {
    this.lock = lock;
    this.leg = leg;
    this.media = media;
    this.silenceBefore = new Countdown(lock, "before prompt", this::start);
    this.remaining = new Countdown(lock, "prompt", this::played);
  }

  /**
   * Plays a file after a silence, then runs an action. If the file cannot be played, the action
   * runs at once.
   */
  void play(String what, Duration silence, Runnable afterwards) {
    file = what;
    then = afterwards;
    if (media.length(what).isEmpty()) {
      afterwards.run();
    } else {
      silenceBefore.start(silence);
    }
  }

  private void start() {
    Optional<Duration> length = media.length(file);
    playing = true;
    lock.emit(new SwitchEvent.PlaybackStarted(leg.channel().state(), leg.execution(), file));
    remaining.start(length.orElse(Duration.ZERO));
  }

  private void played() {
    complete(false);
    then.run();
  }

  /** Stops the current prompt, if any. */
  void stop() {
    silenceBefore.cancel();
    complete(true);
  }

  private void complete(boolean broken) {
    remaining.cancel();
    if (playing) {
      playing = false;
      lock.emit(
          new SwitchEvent.PlaybackEnded(leg.channel().state(), leg.execution(), file, broken));
    }
  }
}
