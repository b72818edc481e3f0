package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Plays a prompt and collects digits (play_and_get_digits). */
public final class Collecting extends Running {

  private final MediaShelf media;
  private final Application.Collect question;
  private final Pattern pattern;
  private final Countdown sound;
  private final Countdown timeout;
  private final StringBuilder entry = new StringBuilder();
  private String playing = "";
  private String terminator = "";
  private int tries;
  private boolean invalid;

  public Collecting(Context context, MediaShelf media, Application.Collect question) {
    super(context);
    this.media = media;
    this.question = question;
    this.pattern = Pattern.compile(question.pattern());
    this.sound = new Countdown(lock(), "prompt " + channel().uuid(), this::played);
    this.timeout = new Countdown(lock(), "digits " + channel().uuid(), () -> judge(true));
  }

  @Override
  protected void begin() {
    channel().assign(Map.of(question.variable(), "", "read_result", ""));
    ask();
  }

  private void ask() {
    tries++;
    invalid = false;
    entry.setLength(0);
    if (question.prompt().isEmpty()) {
      timeout.start(question.firstTimeout());
    } else if (!play(question.prompt())) {
      complete("failure");
    }
  }

  private boolean play(String file) {
    Optional<Duration> length = media.length(file);
    if (length.isEmpty()) {
      return false;
    }
    playing = file;
    emit(new SwitchEvent.PlaybackStarted(channel().state(), execution(), file));
    sound.start(length.get());
    return true;
  }

  private void played() {
    endSound(false);
    if (invalid) {
      again();
    } else {
      timeout.start(question.firstTimeout());
    }
  }

  private void endSound(boolean broken) {
    if (!playing.isEmpty()) {
      String file = playing;
      playing = "";
      sound.cancel();
      emit(new SwitchEvent.PlaybackEnded(channel().state(), execution(), file, broken));
    }
  }

  @Override
  protected void key(char key) {
    if (invalid) {
      return;
    }
    endSound(true);
    if (question.terminators().indexOf(key) >= 0) {
      terminator = String.valueOf(key);
      judge(false);
      return;
    }
    entry.append(key);
    if (entry.length() >= question.maxDigits()) {
      judge(false);
    } else {
      timeout.start(question.betweenTimeout());
    }
  }

  private void judge(boolean timedOut) {
    timeout.cancel();
    boolean valid = entry.length() >= question.minDigits() && pattern.matcher(entry).find();
    if (valid || question.tries() == 1 && question.invalidPrompt().isEmpty()) {
      complete(!valid ? "failure" : timedOut ? "timeout" : "success");
      return;
    }
    invalid = true;
    channel().assign(Map.of(question.variable(), entry.toString()));
    if (question.invalidPrompt().isEmpty() || !play(question.invalidPrompt())) {
      again();
    }
  }

  private void again() {
    if (tries < question.tries()) {
      ask();
    } else {
      complete("failure");
    }
  }

  @Override
  protected boolean plays() {
    return true;
  }

  @Override
  protected void stop() {
    endSound(true);
    complete("failure");
  }

  @Override
  protected void cut() {
    endSound(false);
    complete("failure");
  }

  private void complete(String result) {
    timeout.cancel();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("read_result", result);
    if (!terminator.isEmpty()) {
      values.put("read_terminator_used", terminator);
    }
    values.put(question.variable(), entry.toString());
    channel().assign(values);
    end("_none_");
  }
}
