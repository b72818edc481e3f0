package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.Optional;

/** What the mixer plays to one channel outside of the room; used inside the guard only. */
final class LegSound {

  private final Guard guard;
  private final Joined joined;
  private final MediaLibrary media;
  private final Countdown before;
  private final Countdown left;
  private String file = "";
  private boolean playing;
  private Runnable then = () -> {};

  LegSound(Guard guard, Joined joined, MediaLibrary media) {
    this.guard = guard;
    this.joined = joined;
    this.media = media;
    this.before = new Countdown(guard, "before prompt", this::start);
    this.left = new Countdown(guard, "prompt", this::played);
  }

  /** Plays something after a silence, then goes on; at once if it cannot be played. */
  void play(String what, Duration silence, Runnable afterwards) {
    file = what;
    then = afterwards;
    if (Playing.length(media, what).isEmpty()) {
      afterwards.run();
    } else {
      before.start(silence);
    }
  }

  private void start() {
    Optional<Duration> length = Playing.length(media, file);
    playing = true;
    guard.emit(new SwitchEvent.PlaybackStarted(joined.channel().state(), joined.execution(), file));
    left.start(length.orElse(Duration.ZERO));
  }

  private void played() {
    over(false);
    then.run();
  }

  /** Ends what plays, if anything does. */
  void stop() {
    before.cancel();
    over(true);
  }

  private void over(boolean broken) {
    left.cancel();
    if (playing) {
      playing = false;
      guard.emit(
          new SwitchEvent.PlaybackEnded(
              joined.channel().state(), joined.execution(), file, broken));
    }
  }
}
