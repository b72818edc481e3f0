package dev.callflow.simulator.wire.job;

import dev.callflow.core.time.TimeSource;
import java.time.Duration;

/** Runs background jobs of the simulated FreeSWITCH. Thread-safe. */
public final class Jobs {

  private final TimeSource time;
  private final Activity activity;
  private final Waits waits;

  public Jobs(TimeSource time, Activity activity) {
    this.time = time;
    this.activity = activity;
    this.waits = new Waits(time);
  }

  /** Starts a job on a new thread; the switch counts as busy until the job has ended. */
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

  /** Makes the calling thread wait; returns early if it is interrupted. */
  public void pause(Duration duration) {
    waits.pass(duration);
  }
}
