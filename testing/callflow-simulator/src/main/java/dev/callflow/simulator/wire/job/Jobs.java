package dev.callflow.simulator.wire.job;

import dev.callflow.core.time.TimeSource;
import java.time.Duration;

/** Runs what the simulated FreeSWITCH does in threads of its own. Safe for use by any thread. */
public final class Jobs {

  private final TimeSource time;
  private final Activity activity;
  private final Waits waits;

  public Jobs(TimeSource time, Activity activity) {
    this.time = time;
    this.activity = activity;
    this.waits = new Waits(time);
  }

  /** Runs a job at once; until it has ended, the switch is busy. */
  public void inBackground(Runnable job) {
    activity.busy(true);
    time.start(
        "freeswitch-job",
        () -> {
          try {
            job.run();
          } finally {
            activity.busy(false);
          }
        });
  }

  public void later(Duration delay, Runnable what) {
    time.after(delay, "freeswitch-late", what);
  }

  /** Lets the calling thread wait; less if it is interrupted. */
  public void pause(Duration duration) {
    waits.pass(duration);
  }
}
