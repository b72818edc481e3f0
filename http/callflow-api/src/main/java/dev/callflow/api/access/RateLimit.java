package dev.callflow.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.time.TimeSource;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * Limits how many requests each client may send: a burst at once, then a steady rate.
 *
 * <p>Safe for use by any thread; never blocks. At most 10,000 clients are remembered; beyond that,
 * the least recently active client is forgotten.
 */
public final class RateLimit {

  private static final int MAX_CLIENTS = 10_000;

  /**
   * The result of counting a request.
   *
   * @param allowed whether the request is within the limit
   * @param remaining how many more requests may be sent at once
   */
  public record Taken(boolean allowed, long remaining) {}

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_CLIENTS).build();
  private final Bandwidth bandwidth;
  private final TimeMeter meter;

  /**
   * Creates a limit with a rate per second.
   *
   * @param burst the number of requests allowed at once; at least 1
   * @param perSecond the number of further requests allowed each second; at least 1
   * @param time the time source
   */
  public RateLimit(int burst, int perSecond, TimeSource time) {
    this(burst, perSecond, Duration.ofSeconds(1), time);
  }

  /**
   * Creates a limit with a rate per period.
   *
   * @param burst the number of requests allowed at once; at least 1
   * @param perPeriod the number of further requests allowed in each period; at least 1
   * @param period the length of a period
   * @param time the time source
   */
  public RateLimit(int burst, int perPeriod, Duration period, TimeSource time) {
    bandwidth = Bandwidth.builder().capacity(burst).refillGreedy(perPeriod, period).build();
    meter = new BucketClock(time);
  }

  /**
   * Counts a request.
   *
   * @param client an identifier of the client that is not a secret, such as the hash of its token
   * @return the result of counting the request
   */
  public Taken take(String client) {
    return take(client, 1);
  }

  /**
   * Counts one request as several requests, which are allowed or refused together.
   *
   * @param client an identifier of the client that is not a secret
   * @param weight the number of requests that this request counts as; at least 1
   * @return the result of counting the request
   */
  public Taken take(String client, int weight) {
    ConsumptionProbe probe = buckets.get(client, this::bucket).tryConsumeAndReturnRemaining(weight);
    return new Taken(probe.isConsumed(), probe.getRemainingTokens());
  }

  private Bucket bucket(String client) {
    return Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(meter).build();
  }
}
