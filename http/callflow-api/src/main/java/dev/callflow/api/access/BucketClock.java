package dev.callflow.api.access;

import dev.callflow.core.time.TimeSource;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;

/** Gives buckets the time of a time source. */
record BucketClock(TimeSource time) implements TimeMeter {

  @Override
  public long currentTimeNanos() {
    return Duration.between(Instant.EPOCH, time.now()).toNanos();
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
