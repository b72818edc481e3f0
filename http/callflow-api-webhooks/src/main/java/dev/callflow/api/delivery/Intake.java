package dev.callflow.api.delivery;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts events into the backlog, on a thread of its own, because the threads of rooms must not wait
 * for the store.
 */
final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** The maximum number of events that wait for the store. */
  private static final int MAX_WAITING = 10_000;

  private static final int MAX_AT_ONCE = 500;
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration READ_TIMEOUT = Duration.ofHours(1);

  private final HookIndex hooks;
  private final DeliveryQueues backlog;
  private final DeliveryIds ids;
  private final TimeSource time;
  private final Runnable added;
  private final Inbox<Optional<ConferenceEvent>> events;
  private final Inbox<Boolean> ended;
  private final AtomicLong lost = new AtomicLong();
  private Instant latest = Instant.MIN;

  /**
   * @param added called after deliveries have been added to the backlog
   */
  Intake(
      HookIndex hooks, DeliveryQueues backlog, DeliveryIds ids, TimeSource time, Runnable added) {
    this.hooks = hooks;
    this.backlog = backlog;
    this.ids = ids;
    this.time = time;
    this.added = added;
    events = time.inbox(MAX_WAITING);
    ended = time.inbox(1);
  }

  /** Takes an event; never blocks. */
  void take(ConferenceEvent event) {
    if (!events.offer(Optional.of(event))) {
      lost.incrementAndGet();
    }
  }

  void run() {
    try {
      boolean open = true;
      while (open) {
        List<ConferenceEvent> batch = new ArrayList<>();
        open = collect(batch);
        store(batch, open);
        reportLost();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.offer(true);
    }
  }

  /** Waits for events; returns false if they were the last. */
  private boolean collect(List<ConferenceEvent> batch) throws InterruptedException {
    @Nullable Optional<ConferenceEvent> next = events.poll(READ_TIMEOUT);
    while (next != null) {
      if (next.isEmpty()) {
        return false;
      }
      batch.add(next.get());
      next = batch.size() < MAX_AT_ONCE ? events.poll(Duration.ZERO) : null;
    }
    return true;
  }

  /** Tries until the store answers, unless the host is closing. */
  private void store(List<ConferenceEvent> batch, boolean open) throws InterruptedException {
    Inbox<Boolean> pause = time.inbox(1);
    boolean reported = false;
    while (true) {
      try {
        store(batch);
        return;
      } catch (StoreUnavailableException e) {
        if (!open) {
          LOG.error(
              "webhooks: up to {} events are not delivered, because the host closes and the store"
                  + " is unavailable",
              batch.size(),
              e);
          return;
        }
        if (!reported) {
          LOG.warn("webhooks: events wait, because the store is unavailable", e);
          reported = true;
        }
        pause.poll(RETRY);
      }
    }
  }

  private void store(List<ConferenceEvent> batch) {
    Map<Webhook, List<AccountRecord>> deliveries = new LinkedHashMap<>();
    for (ConferenceEvent event : batch) {
      for (Webhook hook : hooks.of(event.room().account())) {
        if (hook.wants(event)) {
          PendingDelivery delivery = new PendingDelivery(ids.next(), event.name(), event.json(), 1);
          deliveries
              .computeIfAbsent(hook, none -> new ArrayList<>())
              .add(DeliveryQueues.record(hook, delivery, now()));
        }
      }
    }
    if (!deliveries.isEmpty()) {
      backlog.add(deliveries);
      added.run();
    }
  }

  /** Never goes back, because the time is the order of deliveries. */
  private Instant now() {
    Instant now = time.now();
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }

  private void reportLost() {
    long count = lost.getAndSet(0);
    if (count > 0) {
      LOG.error(
          "webhooks: {} events are not delivered, because the store was too slow or unavailable",
          count);
    }
  }

  /** Stores the events that are left and ends, at the latest after the timeout. */
  void close(Duration timeout) throws InterruptedException {
    events.close(Optional.empty());
    ended.poll(timeout);
  }
}
