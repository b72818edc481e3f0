package dev.callflow.api.delivery;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The deliveries that are still to be made, in the store of records, which several hosts may share.
 *
 * <p>Each delivery is a record of its account, in the order of the events. Each webhook that ever
 * had a delivery also has a record of the host ({@link HookQueue}); a host works on a webhook only
 * after it has claimed that record, so deliveries to one webhook stay in order.
 */
final class DeliveryQueues {

  /** The time of a queue without deliveries. */
  static final Instant IDLE = Instant.parse("9999-12-31T00:00:00Z");

  /** How long a host has a queue to itself after it has claimed it. */
  static final Duration CLAIM = Duration.ofMinutes(1);

  /** The maximum number of deliveries that wait for one webhook. */
  static final int MAX_WAITING = 5_000;

  private static final RecordKind KIND = RecordKind.PENDING_DELIVERY;
  private static final Optional<AccountId> HOST = Optional.empty();
  private static final String QUEUE = "queue";
  private static final String ATTEMPTS = "attempts";

  /** Deliveries that nobody has attempted for so long belong to a webhook that is gone. */
  private static final Duration FORGOTTEN = Duration.ofDays(3);

  private final RecordStore records;
  private final TimeSource time;
  private final DeliveryLog log;

  DeliveryQueues(RecordStore records, TimeSource time, DeliveryLog log) {
    this.records = records;
    this.time = time;
    this.log = log;
  }

  /** Creates the record of a delivery. */
  static AccountRecord record(Webhook hook, PendingDelivery delivery, Instant at) {
    ObjectNode body = Json.object();
    body.put("event", delivery.event());
    body.put(ATTEMPTS, delivery.attempt() - 1);
    body.set("payload", delivery.payload());
    return new AccountRecord(Optional.of(hook.account()), KIND, delivery.id(), hook.id(), at, body);
  }

  /** Stores deliveries and makes their webhooks due. */
  void add(Map<Webhook, List<AccountRecord>> deliveries) {
    records.putAll(deliveries.values().stream().flatMap(List::stream).toList());
    deliveries.forEach((hook, added) -> added(hook.account(), hook.id(), added.size()));
  }

  private void added(AccountId account, String hook, int count) {
    Optional<AccountRecord> known = records.find(HOST, KIND, id(account, hook));
    if (known.isEmpty()) {
      ObjectNode body = Json.object();
      body.put(HookQueue.ACCOUNT, account.value());
      body.put(HookQueue.HOOK, hook);
      body.put(HookQueue.WAITING, count);
      records.put(new AccountRecord(HOST, KIND, id(account, hook), QUEUE, time.now(), body));
      return;
    }
    if (known.get().at().equals(IDLE)) {
      records.claim(known.get(), time.now());
    }
    int waiting = change(account, hook, body -> body.put(HookQueue.WAITING, waiting(body) + count));
    if (waiting > MAX_WAITING) {
      drop(account, hook, waiting - MAX_WAITING);
    }
  }

  private static int waiting(ObjectNode body) {
    return body.path(HookQueue.WAITING).asInt(0);
  }

  private int change(AccountId account, String hook, UnaryOperator<ObjectNode> change) {
    return records
        .update(HOST, KIND, id(account, hook), change)
        .map(record -> waiting(record.body()))
        .orElse(0);
  }

  /** Drops the oldest deliveries. */
  private void drop(AccountId account, String hook, int count) {
    List<AccountRecord> oldest = next(account, hook, Math.min(count, RecordQuery.MAX_LIMIT));
    oldest.forEach(it -> records.remove(it.account(), KIND, it.id()));
    change(account, hook, body -> body.put(HookQueue.WAITING, waiting(body) - oldest.size()));
    log.dropped(
        account,
        hook,
        oldest.size(),
        "more than " + MAX_WAITING + " events were waiting, so the oldest were dropped");
  }

  /** Drops all deliveries to a webhook; returns how many there were. */
  int dropAll(HookQueue queue) {
    int count = 0;
    List<AccountRecord> next = next(queue.account(), queue.hook(), RecordQuery.MAX_LIMIT);
    while (!next.isEmpty()) {
      next.forEach(it -> records.remove(it.account(), KIND, it.id()));
      count += next.size();
      next = next(queue.account(), queue.hook(), RecordQuery.MAX_LIMIT);
    }
    return count;
  }

  /** Lists the queues whose next attempts are due first, whether or not they are due now. */
  List<HookQueue> queues(int limit) {
    return records
        .list(
            new RecordQuery(
                new RecordQuery.Owner.OfHost(),
                KIND,
                Optional.of(QUEUE),
                Optional.empty(),
                Optional.of(IDLE),
                false,
                Optional.empty(),
                limit))
        .stream()
        .map(HookQueue::new)
        .toList();
  }

  /**
   * Moves the time of a queue, unless another host has moved it.
   *
   * @return the queue with the new time; empty if another host has it now
   */
  Optional<HookQueue> move(HookQueue queue, Instant due) {
    AccountRecord moved = queue.record().withTime(due);
    return records.claim(queue.record(), due)
        ? Optional.of(new HookQueue(moved))
        : Optional.empty();
  }

  /** Marks a queue as empty, unless deliveries have been added meanwhile. */
  void idle(HookQueue queue) {
    change(queue.account(), queue.hook(), body -> body.put(HookQueue.WAITING, 0));
    // Deliveries that are added from now on make the queue due; those that were added before, and
    // found it busy, are seen here.
    move(queue, IDLE)
        .filter(it -> !next(it.account(), it.hook(), 1).isEmpty())
        .ifPresent(it -> move(it, time.now()));
  }

  /** Removes a queue whose webhook does not exist any more. */
  void remove(HookQueue queue) {
    dropAll(queue);
    records.remove(HOST, KIND, queue.record().id());
  }

  /** Returns the oldest deliveries to a webhook. */
  List<AccountRecord> next(AccountId account, String hook, int limit) {
    return records.list(
        new RecordQuery(
            new RecordQuery.Owner.OfAccount(account),
            KIND,
            Optional.of(hook),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            limit));
  }

  static PendingDelivery delivery(AccountRecord record) {
    ObjectNode body = record.body();
    return new PendingDelivery(
        record.id(),
        body.path("event").asString(),
        Json.object(body, "payload").orElseGet(Json::object),
        body.path(ATTEMPTS).asInt(0) + 1);
  }

  /**
   * Removes a delivery that has arrived.
   *
   * @return the queue, which has no failures any more
   */
  HookQueue arrived(HookQueue queue, AccountRecord delivery) {
    records.remove(delivery.account(), KIND, delivery.id());
    if (queue.failures() == 0) {
      return queue;
    }
    change(queue.account(), queue.hook(), DeliveryQueues::withoutFailures);
    return new HookQueue(
        queue.record().withBody(withoutFailures(queue.record().body().deepCopy())));
  }

  /** Forgets the failed attempts at the deliveries of a queue. */
  void forgetFailures(HookQueue queue) {
    change(queue.account(), queue.hook(), DeliveryQueues::withoutFailures);
  }

  private static ObjectNode withoutFailures(ObjectNode body) {
    body.remove(List.of(HookQueue.FAILURES, HookQueue.FAILING_SINCE));
    return body;
  }

  /** Counts a failed attempt. */
  void failed(HookQueue queue, AccountRecord delivery, Instant at) {
    records.update(
        delivery.account(),
        KIND,
        delivery.id(),
        body -> body.put(ATTEMPTS, body.path(ATTEMPTS).asInt(0) + 1));
    change(
        queue.account(),
        queue.hook(),
        body -> {
          body.put(HookQueue.FAILURES, body.path(HookQueue.FAILURES).asInt(0) + 1);
          if (!body.has(HookQueue.FAILING_SINCE)) {
            body.put(HookQueue.FAILING_SINCE, at.toEpochMilli());
          }
          return body;
        });
  }

  /** Counts deliveries that have arrived. */
  void delivered(HookQueue queue, int count) {
    change(
        queue.account(),
        queue.hook(),
        body -> body.put(HookQueue.WAITING, Math.max(0, waiting(body) - count)));
  }

  /** Forgets the failures of a webhook, and makes it due if it is in a pause after one. */
  void retryNow(AccountId account, String hook) {
    change(account, hook, DeliveryQueues::withoutFailures);
    // A nearer time may be that of a host that is just sending.
    Instant afterClaims = time.now().plus(CLAIM);
    records
        .find(HOST, KIND, id(account, hook))
        .filter(it -> !it.at().equals(IDLE) && it.at().isAfter(afterClaims))
        .ifPresent(it -> records.claim(it, time.now()));
  }

  /** Removes what belongs to webhooks that do not exist any more. */
  void prune(Predicate<HookQueue> exists) {
    records.prune(KIND, time.now().minus(FORGOTTEN), Integer.MAX_VALUE);
    Optional<RecordQuery.Position> last = Optional.empty();
    do {
      List<AccountRecord> page = records.list(queuesFrom(IDLE, last));
      page.stream()
          .map(HookQueue::new)
          .filter(exists.negate())
          .forEach(it -> records.remove(HOST, KIND, it.record().id()));
      last =
          page.size() < RecordQuery.MAX_LIMIT
              ? Optional.empty()
              : Optional.of(new RecordQuery.Position(IDLE, page.getLast().id()));
    } while (last.isPresent());
  }

  private static RecordQuery queuesFrom(Instant from, Optional<RecordQuery.Position> after) {
    return new RecordQuery(
        new RecordQuery.Owner.OfHost(),
        KIND,
        Optional.of(QUEUE),
        Optional.of(from),
        Optional.empty(),
        false,
        after,
        RecordQuery.MAX_LIMIT);
  }

  private static String id(AccountId account, String hook) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(hash.digest((account.value() + "\n" + hook).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
