package dev.callflow.api.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.api.access.AddressGroup;
import dev.callflow.api.access.RateLimit;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;

/**
 * Limits the failed logins of an account. An address from which somebody has logged in to the
 * account before is not affected, so that strangers cannot lock users out. Safe for use by any
 * thread; never blocks.
 */
final class LoginLimit {

  private static final int BURST = 50;
  private static final int PER_HOUR = 60;
  private static final int MAX_KNOWN = 10_000;
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private record Known(String account, String address) {}

  private final RateLimit failures;
  private final Cache<Known, Boolean> known;

  LoginLimit(TimeSource time) {
    failures = new RateLimit(BURST, PER_HOUR, Duration.ofHours(1), time);
    known =
        Caffeine.newBuilder()
            .maximumSize(MAX_KNOWN)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> Duration.between(java.time.Instant.EPOCH, time.now()).toNanos())
            .build();
  }

  /**
   * Counts an attempt as failed before it is checked, so that parallel attempts count; returns
   * whether it may be checked.
   */
  boolean mayTry(String account, String host) {
    return known.getIfPresent(new Known(account, AddressGroup.of(host))) != null
        || failures.take(account).allowed();
  }

  /** Notes that somebody has logged in to an account from an address. */
  void succeeded(String account, String host) {
    if (!host.isEmpty()) {
      known.put(new Known(account, AddressGroup.of(host)), true);
    }
  }
}
