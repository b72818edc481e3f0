package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.Optional;

/** Plays a file or speaks text. */
public final class Playing extends Running {

  private final MediaShelf media;
  private final String file;
  private final String terminators;
  private final boolean endless;
  private final Optional<Duration> limit;
  private final Countdown remaining;

  public Playing(
      Context context,
      MediaShelf media,
      String file,
      String terminators,
      boolean endless,
      Optional<Duration> limit) {
    super(context);
    this.media = media;
    this.file = file;
    this.terminators = terminators;
    this.endless = endless;
    this.limit = limit;
    this.remaining = new Countdown(lock(), "playback " + channel().uuid(), () -> complete(false));
  }

  @Override
  protected void begin() {
    Optional<Duration> length = media.length(file);
    if (length.isEmpty()) {
      end("FILE NOT FOUND");
      return;
    }
    emit(new SwitchEvent.PlaybackStarted(channel().state(), execution(), file));
    Duration whole = endless ? MediaLibrary.ENDLESS : length.get();
    remaining.start(limit.filter(max -> max.compareTo(whole) < 0).orElse(whole));
  }

  @Override
  protected void key(char key) {
    if (terminators.indexOf(key) >= 0) {
      complete(true);
    }
  }

  @Override
  protected boolean plays() {
    return true;
  }

  @Override
  protected void stop() {
    complete(true);
  }

  private void complete(boolean broken) {
    remaining.cancel();
    emit(new SwitchEvent.PlaybackEnded(channel().state(), execution(), file, broken));
    end("FILE PLAYED");
  }

  @Override
  protected void cut() {
    remaining.cancel();
    emit(new SwitchEvent.PlaybackEnded(channel().state(), execution(), file, false));
    end(channel().hungUpByApplication() ? "FILE PLAYED" : "PLAYBACK ERROR");
  }

  @Override
  protected void pause() {
    remaining.pause();
  }

  @Override
  protected void resume() {
    remaining.resume();
  }
}
