package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A question for digits (play_and_get_digits). */
public final class Collecting extends Running {

  private final MediaShelf media;
  private final Application.Collect question;
  private final Pattern pattern;
  private final Countdown sound;
  private final Countdown patience;
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
    this.patience = new Countdown(lock(), "digits " + channel().uuid(), () -> judge(true));
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
      patience.start(question.first());
    } else if (!play(question.prompt())) {
      over("failure");
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
      patience.start(question.first());
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
    if (entry.length() >= question.most()) {
      judge(false);
    } else {
      patience.start(question.between());
    }
  }

  private void judge(boolean late) {
    patience.cancel();
    boolean good = entry.length() >= question.least() && pattern.matcher(entry).find();
    if (good || question.tries() == 1 && question.invalid().isEmpty()) {
      over(!good ? "failure" : late ? "timeout" : "success");
      return;
    }
    invalid = true;
    channel().assign(Map.of(question.variable(), entry.toString()));
    if (question.invalid().isEmpty() || !play(question.invalid())) {
      again();
    }
  }

  private void again() {
    if (tries < question.tries()) {
      ask();
    } else {
      over("failure");
    }
  }

  @Override
  protected boolean plays() {
    return true;
  }

  @Override
  protected void stop() {
    endSound(true);
    over("failure");
  }

  @Override
  protected void cut() {
    endSound(false);
    over("failure");
  }

  private void over(String result) {
    patience.cancel();
    Map<String, String> left = new LinkedHashMap<>();
    left.put("read_result", result);
    if (!terminator.isEmpty()) {
      left.put("read_terminator_used", terminator);
    }
    left.put(question.variable(), entry.toString());
    channel().assign(left);
    end("_none_");
  }
}
