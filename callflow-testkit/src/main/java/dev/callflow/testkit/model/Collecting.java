package dev.callflow.testkit.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A question for digits (play_and_get_digits, one try). */
final class Collecting extends Running {

  private final Guard guard;
  private final MediaLibrary media;
  private final Application.Collect question;
  private final Countdown prompt;
  private final Countdown patience;
  private final StringBuilder entry = new StringBuilder();
  private boolean prompting;

  Collecting(
      Guard guard,
      Channel channel,
      Execution execution,
      MediaLibrary media,
      Application.Collect question) {
    super(channel, execution);
    this.guard = guard;
    this.media = media;
    this.question = question;
    this.prompt = new Countdown(guard, "prompt " + channel.uuid(), this::promptPlayed);
    this.patience = new Countdown(guard, "digits " + channel.uuid(), this::over);
  }

  @Override
  void begin() {
    if (question.prompt().isEmpty()) {
      patience.start(question.first());
      return;
    }
    Optional<Duration> length = Playing.length(media, question.prompt());
    if (length.isEmpty()) {
      over();
      return;
    }
    prompting = true;
    guard.emit(new SwitchEvent.PlaybackStarted(channel().state(), execution(), question.prompt()));
    prompt.start(length.get());
  }

  private void promptPlayed() {
    endPrompt(false);
    patience.start(question.first());
  }

  private void endPrompt(boolean broken) {
    if (prompting) {
      prompting = false;
      prompt.cancel();
      guard.emit(
          new SwitchEvent.PlaybackEnded(channel().state(), execution(), question.prompt(), broken));
    }
  }

  @Override
  void key(char key) {
    endPrompt(true);
    if (question.terminators().indexOf(key) >= 0) {
      over();
      return;
    }
    entry.append(key);
    if (entry.length() >= question.most()) {
      over();
    } else {
      patience.start(question.between());
    }
  }

  @Override
  void stop() {
    endPrompt(true);
    over();
  }

  @Override
  void cut() {
    endPrompt(false);
    over();
  }

  private void over() {
    patience.cancel();
    channel().assign(Map.of(question.variable(), entry.toString()));
    end("_none_");
  }
}
