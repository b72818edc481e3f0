package dev.callflow.simulator.channel;

import java.time.Duration;

/** Waits for a fixed time. The time also passes while another application runs inside this one. */
public final class Sleeping extends Running {

  private final Countdown left;
  private final Duration duration;

  public Sleeping(Context context, Duration duration) {
    super(context);
    this.duration = duration;
    this.left = new Countdown(lock(), "sleep " + channel().uuid(), () -> end("_none_"));
  }

  @Override
  protected void begin() {
    left.start(duration);
  }

  @Override
  protected void cut() {
    left.cancel();
    end("_none_");
  }
}
