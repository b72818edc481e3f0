package dev.callflow.api.delivery;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.api.webhook.WebhookSchema;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delivers the events that wait for one webhook, in order, until one cannot be delivered or it is
 * the turn of others.
 */
final class HookRun {

  private static final Logger LOG = LoggerFactory.getLogger(HookRun.class);

  /** How long a run lasts at most, apart from its last delivery. */
  private static final Duration TURN = Duration.ofSeconds(20);

  /** How long a webhook may fail before it is switched off. */
  private static final Duration MAX_FAILING = Duration.ofHours(24);

  private static final int MAX_READ = 50;
  private static final int MAX_CHANGES = 10;

  private final EditableStore store;
  private final DeliveryQueues backlog;
  private final HttpSender sender;
  private final DeliveryLog log;
  private final TimeSource time;

  HookRun(
      EditableStore store,
      DeliveryQueues backlog,
      HttpSender sender,
      DeliveryLog log,
      TimeSource time) {
    this.store = store;
    this.backlog = backlog;
    this.sender = sender;
    this.log = log;
    this.time = time;
  }

  /**
   * Delivers the events of a queue that this host has claimed.
   *
   * @param closing whether the host is closing, which ends the run
   */
  void run(HookQueue claimed, BooleanSupplier closing) {
    Optional<Document> document =
        store.find(claimed.account(), DocumentType.WEBHOOK, claimed.hook());
    if (document.isEmpty()) {
      backlog.remove(claimed);
      return;
    }
    Optional<Webhook> hook = Webhook.of(claimed.account(), document.get()).filter(Webhook::enabled);
    if (hook.isEmpty()) {
      discard(claimed, "the webhook is switched off or not valid");
      return;
    }
    deliver(hook.get(), claimed, closing);
  }

  private void discard(HookQueue queue, String reason) {
    int count = backlog.dropAll(queue);
    if (count > 0) {
      log.dropped(queue.account(), queue.hook(), count, reason);
    }
    // They must not count against a webhook that is switched on again days later.
    backlog.forgetFailures(queue);
    backlog.idle(queue);
  }

  private void deliver(Webhook hook, HookQueue claimed, BooleanSupplier closing) {
    Instant end = time.now().plus(TURN);
    HookQueue queue = claimed;
    while (true) {
      List<AccountRecord> next = backlog.next(queue.account(), queue.hook(), MAX_READ);
      if (next.isEmpty()) {
        backlog.idle(queue);
        return;
      }
      int arrived = 0;
      for (AccountRecord record : next) {
        if (closing.getAsBoolean() || !time.now().isBefore(end)) {
          backlog.delivered(queue, arrived);
          backlog.move(queue, time.now());
          return;
        }
        Optional<HookQueue> after = deliver(hook, queue, record, closing);
        if (after.isEmpty()) {
          backlog.delivered(queue, arrived);
          return;
        }
        queue = after.get();
        arrived++;
      }
      backlog.delivered(queue, arrived);
    }
  }

  /** Attempts a delivery; returns the queue if it has arrived and this host still has the queue. */
  private Optional<HookQueue> deliver(
      Webhook hook, HookQueue queue, AccountRecord record, BooleanSupplier closing) {
    Optional<HookQueue> renewed = renewed(queue);
    if (renewed.isEmpty()) {
      return renewed;
    }
    Instant begin = time.now();
    PendingDelivery delivery = DeliveryQueues.delivery(record);
    AttemptOutcome outcome = sender.send(hook, delivery);
    if (outcome.arrived()) {
      log.add(new Attempt(hook, delivery, outcome, begin, Optional.empty()));
      return Optional.of(backlog.arrived(renewed.get(), record));
    }
    if (closing.getAsBoolean()) {
      // Whether it failed because of the receiver is not known.
      backlog.move(renewed.get(), time.now());
      return Optional.empty();
    }
    failed(hook, renewed.get(), record, new Attempt(hook, delivery, outcome, begin, next(queue)));
    return Optional.empty();
  }

  private Optional<HookQueue> renewed(HookQueue queue) {
    Instant now = time.now();
    return Duration.between(now, queue.due()).compareTo(DeliveryQueues.CLAIM.dividedBy(2)) > 0
        ? Optional.of(queue)
        : backlog.move(queue, now.plus(DeliveryQueues.CLAIM));
  }

  private Optional<Instant> next(HookQueue queue) {
    return Optional.of(time.now().plus(Pauses.after(queue.failures() + 1)));
  }

  private void failed(Webhook hook, HookQueue queue, AccountRecord record, Attempt attempt) {
    AttemptOutcome outcome = attempt.outcome();
    boolean tooLong =
        queue
            .failingSince()
            .filter(since -> !attempt.at().isBefore(since.plus(MAX_FAILING)))
            .isPresent();
    if (outcome.isGone() || tooLong) {
      log.add(new Attempt(hook, attempt.delivery(), outcome, attempt.at(), Optional.empty()));
      String error = outcome.error().orElse("");
      switchOff(
          hook,
          outcome.isGone()
              ? "the receiver answers 410, so it wants no more events"
              : "no event has arrived for 24 hours; the last failure: " + error);
      discard(backlog.arrived(queue, record), "the webhook was switched off");
      return;
    }
    log.add(attempt);
    backlog.failed(queue, record, attempt.at());
    backlog.move(queue, attempt.next().orElseThrow());
  }

  private void switchOff(Webhook hook, String reason) {
    for (int i = 0; i < MAX_CHANGES; i++) {
      Optional<StoredDocument> stored =
          store.stored(hook.account(), DocumentType.WEBHOOK, hook.id());
      if (stored.isEmpty()) {
        return;
      }
      ObjectNode body = stored.get().document().body().deepCopy();
      body.put("enabled", false);
      body.put(WebhookSchema.DISABLED_REASON, reason);
      body.put(WebhookSchema.DISABLED_AT, time.now().toString());
      WriteResult result =
          store.replace(
              hook.account(), DocumentType.WEBHOOK, hook.id(), body, stored.get().revision());
      if (result instanceof WriteResult.Written) {
        LOG.info("{}: switched off: {}", hook, reason);
        return;
      }
      if (!(result instanceof WriteResult.Conflict)) {
        break;
      }
    }
    LOG.warn("{}: cannot be switched off, although {}", hook, reason);
  }
}
