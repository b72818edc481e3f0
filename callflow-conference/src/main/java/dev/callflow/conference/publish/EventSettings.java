package dev.callflow.conference.publish;

import dev.callflow.conference.event.EventType;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Settings that control which events are published and how often.
 *
 * <p>Rooms never wait for the store. {@link #read} loads the values before a room opens; after
 * that, rooms get the last known values. A value older than five seconds is reloaded on a separate
 * thread, so a change affects only later events. If the store fails, the error is logged and the
 * last known value remains in use.
 */
public final class EventSettings {

  private static final Logger LOG = LoggerFactory.getLogger(EventSettings.class);

  private static final Duration MAX_AGE = Duration.ofSeconds(5);
  private static final int MAX_ACCOUNTS = 10_000;

  /** A value, the time at which it expires, and whether a thread is reloading it. */
  private record Known<T>(T value, Instant until, AtomicBoolean refreshing) {

    Known(T value, Instant until) {
      this(value, until, new AtomicBoolean());
    }

    boolean isOld(Instant now) {
      return !now.isBefore(until);
    }
  }

  private final DocumentStore store;
  private final TimeSource time;

  /** The minimum time between talking events, by account. */
  private final Map<AccountId, Known<Duration>> intervals = new ConcurrentHashMap<>();

  /**
   * The names of the event types to publish, among those that can be filtered; empty to publish
   * all.
   */
  private volatile Known<Optional<Set<String>>> published =
      new Known<>(Optional.empty(), Instant.MIN);

  public EventSettings(DocumentStore store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  /** Loads the settings that are missing or expired; blocks as long as the store does. */
  void read(AccountId account) {
    Instant now = time.now();
    if (published.isOld(now)) {
      readPublished();
    }
    Known<Duration> interval = intervals.get(account);
    if (interval == null || interval.isOld(now)) {
      readInterval(account);
    }
  }

  /**
   * Returns whether events of a type are published. If the system configuration lists types, only
   * those types are published; otherwise all types are. Never blocks.
   */
  boolean isPublished(EventType type) {
    Known<Optional<Set<String>>> known = published;
    refreshIfOld(known, "event-filter", this::readPublished);
    return known.value().map(names -> names.contains(type.key())).orElse(true);
  }

  /**
   * Returns the minimum time between two talking events of one participant, configured in
   * milliseconds as {@code conferences.talking_interval}; the default is zero. Never blocks.
   */
  Duration talkingInterval(AccountId account) {
    Known<Duration> known = intervals.get(account);
    if (known == null) {
      // The room was not opened by this process, so no settings were loaded for it.
      known = new Known<>(Duration.ZERO, Instant.MIN);
      if (!keep(account, known)) {
        return Duration.ZERO;
      }
    }
    refreshIfOld(known, "talking-interval-" + account, () -> readInterval(account));
    return known.value();
  }

  /** Reloads an expired value, unless another thread is already doing so. */
  private void refreshIfOld(Known<?> known, String name, Runnable read) {
    if (known.isOld(time.now()) && known.refreshing().compareAndSet(false, true)) {
      time.start(
          name,
          () -> {
            try {
              read.run();
            } finally {
              known.refreshing().set(false);
            }
          });
    }
  }

  private Instant expiry() {
    return time.now().plus(MAX_AGE);
  }

  private void readPublished() {
    Optional<Set<String>> names = published.value();
    try {
      names = names(store.systemConfig().path("ecallmgr"));
    } catch (RuntimeException e) {
      LOG.warn("cannot read the event filter; keeping the last known one", e);
    }
    published = new Known<>(names, expiry());
  }

  private static Optional<Set<String>> names(JsonNode configured) {
    for (String key : List.of("publish_participant_event", "publish_conference_event")) {
      JsonNode list = configured.get(key);
      if (list != null && list.isArray()) {
        Set<String> names = new HashSet<>();
        list.values().forEach(entry -> names.add(entry.asString("")));
        return Optional.of(names);
      }
    }
    return Optional.empty();
  }

  private void readInterval(AccountId account) {
    Known<Duration> last = intervals.get(account);
    Duration interval = last == null ? Duration.ZERO : last.value();
    try {
      Optional<Account> found = store.account(account);
      interval =
          found
              .flatMap(
                  it -> LayeredSettings.of(store, it, "conferences").millis("talking_interval"))
              .orElse(Duration.ZERO);
    } catch (RuntimeException e) {
      LOG.warn("cannot read talking_interval; keeping the last known value", e);
    }
    keep(account, new Known<>(interval, expiry()));
  }

  private boolean keep(AccountId account, Known<Duration> interval) {
    boolean kept = intervals.size() < MAX_ACCOUNTS || intervals.containsKey(account);
    if (kept) {
      intervals.put(account, interval);
    }
    return kept;
  }
}
