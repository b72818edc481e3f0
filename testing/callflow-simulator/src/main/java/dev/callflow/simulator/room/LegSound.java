package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Countdown;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.Running;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.Optional;

/** What the mixer plays to one channel outside of the room; used under the switch's lock only. */
final class LegSound {

  private final SwitchLock lock;
  private final Running.Context leg;
  private final MediaShelf media;
  private final Countdown before;
  private final Countdown left;
  private String file = "";
  private boolean playing;
  private Runnable then = () -> {};

  LegSound(SwitchLock lock, Running.Context leg, MediaShelf media) {
    this.lock = lock;
    this.leg = leg;
    this.media = media;
    this.before = new Countdown(lock, "before prompt", this::start);
    this.left = new Countdown(lock, "prompt", this::played);
  }

  /** Plays something after a silence, then goes on; at once if it cannot be played. */
  void play(String what, Duration silence, Runnable afterwards) {
    file = what;
    then = afterwards;
    if (media.length(what).isEmpty()) {
      afterwards.run();
    } else {
      before.start(silence);
    }
  }

  private void start() {
    Optional<Duration> length = media.length(file);
    playing = true;
    lock.emit(new SwitchEvent.PlaybackStarted(leg.channel().state(), leg.execution(), file));
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
      lock.emit(
          new SwitchEvent.PlaybackEnded(leg.channel().state(), leg.execution(), file, broken));
    }
  }
}
