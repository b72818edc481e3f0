package dev.callflow.cli.management;

import dev.callflow.api.http.HttpPage;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /health/live} and {@code /health/ready}. They need no token, so they name neither
 * addresses nor accounts, and the store is asked at most once a second however often they are read.
 */
public final class HealthPages {

  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final String JSON = "application/json";

  private final Supplier<Health> source;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Health last;
  private Instant asked = Instant.MIN;

  /**
   * Creates the pages.
   *
   * @param source returns the health of the host; may block
   * @param time the time source
   */
  public HealthPages(Supplier<Health> source, TimeSource time) {
    this.source = source;
    this.time = time;
  }

  /**
   * Returns the pages.
   *
   * @return the pages
   */
  public List<HttpPage> pages() {
    return List.of(
        new HttpPage("/health/live", Optional.empty(), HealthPages::live),
        new HttpPage("/health/ready", Optional.empty(), this::ready));
  }

  private static HttpPage.Content live() {
    return new HttpPage.Content(200, JSON, Json.object().put("status", "live").toString());
  }

  private HttpPage.Content ready() {
    Health health = health();
    long connected = health.freeSwitches().stream().filter(Health.Link::connected).count();
    ObjectNode json = Json.object().put("status", health.ready() ? "ready" : "not_ready");
    json.put("freeswitches", health.freeSwitches().size());
    json.put("freeswitches_connected", connected);
    json.put("store", health.storeReachable() ? "reachable" : "unreachable");
    json.put("closing", health.closing());
    return new HttpPage.Content(health.ready() ? 200 : 503, JSON, json.toString());
  }

  private Health health() {
    lock.lock();
    try {
      Health known = last;
      if (known == null || !time.now().isBefore(asked.plus(KEPT))) {
        known = source.get();
        last = known;
        asked = time.now();
      }
      return known;
    } finally {
      lock.unlock();
    }
  }
}
