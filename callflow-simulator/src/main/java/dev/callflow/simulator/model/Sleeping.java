package dev.callflow.simulator.model;

import java.time.Duration;

/** An application that only waits; time goes on for it while another one runs inside. */
final class Sleeping extends Running {

  private final Countdown left;
  private final Duration duration;

  Sleeping(Guard guard, Channel channel, Execution execution, Duration duration) {
    super(channel, execution);
    this.duration = duration;
    this.left = new Countdown(guard, "sleep " + channel.uuid(), () -> end("_none_"));
  }

  @Override
  void begin() {
    left.start(duration);
  }

  @Override
  void cut() {
    left.cancel();
    end("_none_");
  }
}
