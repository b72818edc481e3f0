package dev.callflow.api.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.Login;
import dev.callflow.api.access.RateLimit;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Single-use tickets, which stand for a token where a browser can send nothing but a URL. They are
 * kept in memory, so a ticket is valid only on the host that has issued it. Safe for use by any
 * thread; never blocks.
 */
public final class Tickets {

  /** How long a ticket is valid. */
  public static final Duration LIFETIME = Duration.ofSeconds(30);

  private static final int MAX_TICKETS = 10_000;

  /** A token may have at most 400 valid tickets, so that no client displaces those of others. */
  private static final int BURST = 100;

  private static final int PER_SECOND = 10;

  private final Cache<String, String> tokens;
  private final RateLimit limit;

  /**
   * Creates an empty set of tickets.
   *
   * @param time the time source
   */
  public Tickets(TimeSource time) {
    tokens =
        Caffeine.newBuilder()
            .maximumSize(MAX_TICKETS)
            .expireAfterWrite(LIFETIME)
            .ticker(() -> Duration.between(Instant.EPOCH, time.now()).toNanos())
            .build();
    limit = new RateLimit(BURST, PER_SECOND, time);
  }

  /**
   * Issues a ticket.
   *
   * @param login the token that the ticket stands for
   * @return the ticket; empty if too many tickets were issued for the token
   */
  public Optional<String> issue(Login login) {
    if (!limit.take(login.tokenId()).allowed()) {
      return Optional.empty();
    }
    String ticket = HashedTokens.newToken();
    tokens.put(HashedTokens.hash(ticket), login.token());
    return Optional.of(ticket);
  }

  /**
   * Uses a ticket up.
   *
   * @param ticket the ticket
   * @return the token that it stands for; empty if the ticket is unknown, used or expired
   */
  public Optional<String> redeem(String ticket) {
    return Optional.ofNullable(tokens.asMap().remove(HashedTokens.hash(ticket)));
  }
}
