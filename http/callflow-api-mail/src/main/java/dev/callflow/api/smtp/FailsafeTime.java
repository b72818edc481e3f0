package dev.callflow.api.smtp;

import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import dev.failsafe.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes Failsafe use the timers and threads of a {@link TimeSource}. */
record FailsafeTime(TimeSource time) implements Scheduler {

  @Override
  public ScheduledFuture<?> schedule(Callable<?> task, long delay, TimeUnit unit) {
    Duration wait = Duration.of(delay, unit.toChronoUnit());
    Later later = new Later(task, time.now().plus(wait), time);
    later.timer = time.after(wait, "mail", later);
    return later;
  }

  private static final class Later extends FutureTask<Object> implements ScheduledFuture<Object> {

    private final Instant due;
    private final TimeSource time;
    private volatile @Nullable Timer timer;

    @SuppressWarnings("unchecked")
    private Later(Callable<?> task, Instant due, TimeSource time) {
      super((Callable<Object>) task);
      this.due = due;
      this.time = time;
    }

    @Override
    public boolean cancel(boolean interrupt) {
      Timer set = timer;
      if (set != null) {
        set.cancel();
      }
      return super.cancel(interrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(time.now(), due));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
