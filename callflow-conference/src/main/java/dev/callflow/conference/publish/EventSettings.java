package dev.callflow.conference.publish;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Settings;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Which events are published and how often (spec 7.1). Read anew every few seconds: there may be
 * thousands of events a second, and a store may be a database.
 */
public final class EventSettings {

  private static final Logger LOG = LoggerFactory.getLogger(EventSettings.class);

  private static final Duration GOOD_FOR = Duration.ofSeconds(5);
  private static final int MOST_ACCOUNTS = 10_000;

  private record Filter(Optional<Set<String>> only, Instant until) {}

  private record Interval(Duration least, Instant until) {}

  private final DocumentStore store;
  private final TimeSource time;
  private final Map<AccountId, Interval> intervals = new ConcurrentHashMap<>();
  private volatile Filter filter = new Filter(Optional.empty(), Instant.MIN);

  public EventSettings(DocumentStore store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  /** All of them unless the system's configuration lists some. */
  boolean isPublished(String name) {
    Filter known = filter;
    if (!time.now().isBefore(known.until())) {
      known = new Filter(read().or(known::only), time.now().plus(GOOD_FOR));
      filter = known;
    }
    return known.only().map(names -> names.contains(name)).orElse(true);
  }

  private Optional<Set<String>> read() {
    try {
      JsonNode configured = store.systemConfig().path("ecallmgr");
      for (String key : List.of("publish_participant_event", "publish_conference_event")) {
        JsonNode list = configured.get(key);
        if (list != null && list.isArray()) {
          Set<String> names = new HashSet<>();
          list.values().forEach(entry -> names.add(entry.asString("")));
          return Optional.of(names);
        }
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("the filter of events cannot be read, the last known one holds", e);
    }
    return Optional.empty();
  }

  /**
   * The least time between two talking events of one participant: {@code
   * conferences.talking_interval}, in milliseconds; zero unless configured.
   */
  Duration talkingInterval(RoomId room) {
    Interval known = intervals.get(room.account());
    if (known == null || !time.now().isBefore(known.until())) {
      Duration last = known == null ? Duration.ZERO : known.least();
      known = new Interval(interval(room.account(), last), time.now().plus(GOOD_FOR));
      if (intervals.size() < MOST_ACCOUNTS || intervals.containsKey(room.account())) {
        intervals.put(room.account(), known);
      }
    }
    return known.least();
  }

  private Duration interval(AccountId account, Duration last) {
    try {
      Optional<Account> found = store.account(account);
      return found
          .flatMap(it -> Settings.of(store, it, "conferences").millis("talking_interval"))
          .orElse(Duration.ZERO);
    } catch (StoreUnavailableException e) {
      LOG.warn("the interval of talking events cannot be read, the last known one holds", e);
      return last;
    }
  }
}
