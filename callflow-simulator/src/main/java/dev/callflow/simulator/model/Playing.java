package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.Optional;

/** A playback or speech. */
final class Playing extends Running {

  private final Guard guard;
  private final MediaLibrary media;
  private final String file;
  private final String terminators;
  private final boolean endless;
  private final Countdown left;

  Playing(
      Guard guard,
      Channel channel,
      Execution execution,
      MediaLibrary media,
      String file,
      String terminators,
      boolean endless) {
    super(channel, execution);
    this.guard = guard;
    this.media = media;
    this.file = file;
    this.terminators = terminators;
    this.endless = endless;
    this.left = new Countdown(guard, "playback " + channel.uuid(), () -> over(false));
  }

  @Override
  void begin() {
    Optional<Duration> length = length(media, file);
    if (length.isEmpty()) {
      end("FILE NOT FOUND");
      return;
    }
    guard.emit(new SwitchEvent.PlaybackStarted(channel().state(), execution(), file));
    left.start(endless ? MediaLibrary.ENDLESS : length.get());
  }

  /** The length of a file or of several with {@code !} between them; missing parts are skipped. */
  static Optional<Duration> length(MediaLibrary media, String file) {
    Optional<Duration> sum = Optional.empty();
    for (String part : file.split("!")) {
      Optional<Duration> length = media.length(part);
      if (length.isPresent()) {
        sum = Optional.of(sum.orElse(Duration.ZERO).plus(length.get()));
      }
    }
    return sum;
  }

  @Override
  void key(char key) {
    if (terminators.indexOf(key) >= 0) {
      over(true);
    }
  }

  @Override
  void stop() {
    over(true);
  }

  private void over(boolean broken) {
    left.cancel();
    guard.emit(new SwitchEvent.PlaybackEnded(channel().state(), execution(), file, broken));
    end("FILE PLAYED");
  }

  @Override
  void cut() {
    left.cancel();
    guard.emit(new SwitchEvent.PlaybackEnded(channel().state(), execution(), file, false));
    end(channel().endsByItself() ? "FILE PLAYED" : "PLAYBACK ERROR");
  }

  @Override
  void pause() {
    left.pause();
  }

  @Override
  void resume() {
    left.resume();
  }
}
