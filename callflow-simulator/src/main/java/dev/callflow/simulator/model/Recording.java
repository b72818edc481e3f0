package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.Map;

/** A recording of the far end's voice. */
final class Recording extends Running {

  /** The variable in which FreeSWITCH says which key has ended a recording. */
  private static final String ENDED_BY = "playback_terminator_used";

  private final Guard guard;
  private final World world;
  private final Application.Record order;
  private final Countdown longest;
  private final Countdown silence;
  private boolean voice;

  Recording(
      Guard guard, World world, Channel channel, Execution execution, Application.Record order) {
    super(channel, execution);
    this.guard = guard;
    this.world = world;
    this.order = order;
    this.longest = new Countdown(guard, "record " + channel.uuid(), this::cut);
    this.silence = new Countdown(guard, "record silence " + channel.uuid(), this::cut);
  }

  @Override
  void begin() {
    channel().assign(Map.of(ENDED_BY, ""));
    guard.emit(new SwitchEvent.RecordStarted(channel().state(), execution(), order.path()));
    longest.start(order.longest());
    talking(channel().talking());
  }

  @Override
  void talking(boolean on) {
    if (on) {
      voice = true;
      silence.cancel();
    } else if (order.silence().isPositive()) {
      silence.start(order.silence());
    }
  }

  @Override
  void key(char key) {
    if (order.terminators().indexOf(key) >= 0) {
      channel().assign(Map.of(ENDED_BY, String.valueOf(key)));
      cut();
    }
  }

  @Override
  void cut() {
    Duration length = longest.passed();
    longest.cancel();
    silence.cancel();
    world.recorded(order.path(), length);
    guard.emit(
        new SwitchEvent.RecordEnded(channel().state(), execution(), order.path(), length, voice));
    end("_none_");
  }
}
