package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.Map;

/** Records the far end's voice. */
public final class VoiceRecording extends Running {

  /** The variable in which FreeSWITCH reports the key that ended a recording. */
  private static final String ENDED_BY = "playback_terminator_used";

  private final MediaShelf media;
  private final Application.Record order;
  private final Countdown limit;
  private final Countdown silence;
  private boolean voice;

  public VoiceRecording(Context context, MediaShelf media, Application.Record order) {
    super(context);
    this.media = media;
    this.order = order;
    this.limit = new Countdown(lock(), "record " + channel().uuid(), this::cut);
    this.silence = new Countdown(lock(), "record silence " + channel().uuid(), this::cut);
  }

  @Override
  protected void begin() {
    channel().assign(Map.of(ENDED_BY, ""));
    emit(new SwitchEvent.RecordStarted(channel().state(), execution(), order.path()));
    limit.start(order.maxLength());
    talking(channel().talking());
  }

  @Override
  protected void talking(boolean on) {
    if (on) {
      voice = true;
      silence.cancel();
    } else if (order.silence().isPositive()) {
      silence.start(order.silence());
    }
  }

  @Override
  protected void key(char key) {
    if (order.terminators().indexOf(key) >= 0) {
      channel().assign(Map.of(ENDED_BY, String.valueOf(key)));
      cut();
    }
  }

  @Override
  protected void cut() {
    Duration length = limit.passed();
    limit.cancel();
    silence.cancel();
    media.recorded(order.path(), length);
    emit(new SwitchEvent.RecordEnded(channel().state(), execution(), order.path(), length, voice));
    end("_none_");
  }
}
