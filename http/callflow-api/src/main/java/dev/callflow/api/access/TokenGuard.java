package dev.callflow.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.time.TimeSource;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tokens, and slows down addresses that send unknown ones. After too many failures, further
 * attempts from the address are refused without a check until its failures have been forgotten. A
 * token that was valid earlier from the same address is still checked, so that a wrong token does
 * not lock out the other clients behind the same address; other addresses are not affected.
 *
 * <p>Failures are logged at {@code WARN}, at most once a minute for each address, without the
 * tokens. At most 10,000 addresses and 10,000 valid tokens are remembered, the latter as hashes.
 * Safe for use by any thread; blocks no longer than the authenticator does.
 */
public final class TokenGuard {

  private static final Logger LOG = LoggerFactory.getLogger(TokenGuard.class);

  private static final int MAX_ADDRESSES = 10_000;
  private static final int MAX_TOKENS = 10_000;
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  /** The maximum number of log lines in a minute for all addresses together. */
  private static final int MAX_LINES = 30;

  /** The result of checking a token. */
  public sealed interface Checked {

    /**
     * The token is valid.
     *
     * @param login the access that it gives
     */
    record Valid(Login login) implements Checked {}

    /** The token is unknown. */
    record Unknown() implements Checked {}

    /**
     * The token was not checked, because the address has sent too many unknown tokens.
     *
     * @param retryAfter the time after which the next attempt is checked
     * @param message the explanation, which names the limit
     */
    record Throttled(Duration retryAfter, String message) implements Checked {}
  }

  private record Known(String address, String tokenHash) {}

  private final Authenticator authenticator;
  private final FailureLimit limit;
  private final TimeSource time;
  private final Bandwidth bandwidth;
  private final BucketClock clock;
  private final RateLimit lines;
  private final Cache<String, Failures> failures =
      Caffeine.newBuilder().maximumSize(MAX_ADDRESSES).build();
  private final Cache<Known, Boolean> known = Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

  /**
   * Creates a guard.
   *
   * @param authenticator the authenticator that checks the tokens
   * @param limit the number of failures allowed for each address
   * @param time the time source
   */
  public TokenGuard(Authenticator authenticator, FailureLimit limit, TimeSource time) {
    this.authenticator = authenticator;
    this.limit = limit;
    this.time = time;
    bandwidth =
        Bandwidth.builder()
            .capacity(limit.burst())
            .refillGreedy(limit.perPeriod(), limit.period())
            .build();
    clock = new BucketClock(time);
    lines = new RateLimit(MAX_LINES, MAX_LINES, LOG_INTERVAL, time);
  }

  /**
   * Checks a token.
   *
   * @param host the client's IP address; failures are not counted if it is empty
   * @param token the token
   * @return the result
   */
  public Checked check(String host, String token) {
    if (host.isEmpty()) {
      return unguarded(token);
    }
    String address = AddressGroup.of(host);
    Known pair = new Known(address, HashedTokens.hash(token));
    Failures failed = failures.getIfPresent(address);
    if (failed != null && known.getIfPresent(pair) == null) {
      Optional<Duration> wait = failed.throttled();
      if (wait.isPresent()) {
        failed.report(false);
        return new Checked.Throttled(wait.get(), message(address));
      }
    }
    Checked checked = unguarded(token);
    if (checked instanceof Checked.Valid) {
      known.asMap().putIfAbsent(pair, true);
    } else {
      known.invalidate(pair);
      failures.get(address, Failures::new).report(true);
    }
    return checked;
  }

  private Checked unguarded(String token) {
    return authenticator
        .authenticate(token)
        .<Checked>map(access -> new Checked.Valid(new Login(access, token)))
        .orElseGet(Checked.Unknown::new);
  }

  private String message(String address) {
    return String.format(
        Locale.ROOT,
        "too many unknown tokens from %s: the limit is %d at once, then %d in %d s",
        address,
        limit.burst(),
        limit.perPeriod(),
        limit.period().toSeconds());
  }

  /** The failures of one address. */
  private final class Failures {

    private final String address;
    private final Bucket bucket =
        Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(clock).build();
    private final ReentrantLock lock = new ReentrantLock();
    private long unknown;
    private long unchecked;
    private Instant nextReport = Instant.MIN;

    Failures(String address) {
      this.address = address;
    }

    /** Returns the time after which the next attempt is checked; empty if it may be checked now. */
    Optional<Duration> throttled() {
      EstimationProbe probe = bucket.estimateAbilityToConsume(1);
      return probe.canBeConsumed()
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Counts a failure, and logs the failures since the last line if a minute has passed. */
    void report(boolean checked) {
      if (checked) {
        // Parallel attempts may have used up the limit; they delay the next attempt all the more.
        bucket.consumeIgnoringRateLimits(1);
      }
      lock.lock();
      try {
        if (checked) {
          unknown++;
        } else {
          unchecked++;
        }
        Instant now = time.now();
        if (!now.isBefore(nextReport)) {
          nextReport = now.plus(LOG_INTERVAL);
          if (lines.take("").allowed()) {
            LOG.warn(
                "{}: {} requests with an unknown token, {} more refused without a check",
                address,
                unknown,
                unchecked);
            unknown = 0;
            unchecked = 0;
          }
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
