package dev.callflow.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.time.TimeSource;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;

/**
 * How many requests one bearer may send: so many at once, and so many a second after that.
 *
 * <p>Safe for use by any thread; never blocks. The least recent of 10,000 bearers is forgotten.
 */
public final class RateLimit {

  private static final int MAX_BEARERS = 10_000;

  /**
   * The outcome of one request.
   *
   * @param allowed whether it may be served
   * @param remaining how many more may be sent at once
   */
  public record Taken(boolean allowed, long remaining) {}

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_BEARERS).build();
  private final Bandwidth bandwidth;
  private final TimeMeter meter;

  /**
   * Makes a limit.
   *
   * @param burst how many at once; at least 1
   * @param perSecond how many a second after that; at least 1
   * @param time the time source
   */
  public RateLimit(int burst, int perSecond, TimeSource time) {
    this(burst, perSecond, Duration.ofSeconds(1), time);
  }

  /**
   * Makes a limit.
   *
   * @param burst how many at once; at least 1
   * @param more how many in each period after that; at least 1
   * @param period the period
   * @param time the time source
   */
  public RateLimit(int burst, int more, Duration period, TimeSource time) {
    bandwidth = Bandwidth.builder().capacity(burst).refillGreedy(more, period).build();
    meter = new Clock(time);
  }

  /**
   * Counts a request.
   *
   * @param bearer the sender, by something that is no secret, such as the hash of a token
   * @return whether it may be served
   */
  public Taken take(String bearer) {
    return take(bearer, 1);
  }

  /**
   * Counts a request that weighs more than one: all of it may be served, or nothing.
   *
   * @param bearer who sends it
   * @param weight what it weighs; at least 1
   * @return whether it may be served
   */
  public Taken take(String bearer, int weight) {
    ConsumptionProbe probe = buckets.get(bearer, this::bucket).tryConsumeAndReturnRemaining(weight);
    return new Taken(probe.isConsumed(), probe.getRemainingTokens());
  }

  private Bucket bucket(String bearer) {
    return Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(meter).build();
  }

  private record Clock(TimeSource time) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return Duration.between(Instant.EPOCH, time.now()).toNanos();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
