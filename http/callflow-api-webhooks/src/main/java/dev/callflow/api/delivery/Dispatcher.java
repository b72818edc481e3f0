package dev.callflow.api.delivery;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a run for each webhook that is due, within limits for the host and for each account. */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** How often to look for deliveries that another host has left. */
  private static final Duration POLL = Duration.ofSeconds(5);

  /** After how long a webhook is tried again whose account has enough runs. */
  private static final Duration POSTPONED = Duration.ofSeconds(2);

  private static final Duration PRUNED_EVERY = Duration.ofHours(1);
  private static final int MAX_READ = 1_000;
  static final int MAX_RUNS = 64;
  static final int MAX_RUNS_OF_ACCOUNT = 4;

  private final DeliveryQueues backlog;
  private final HookRun task;
  private final Runnable prune;
  private final TimeSource time;
  private final Inbox<Boolean> wake;
  private final Inbox<Boolean> ended;
  private final ReentrantLock lock = new ReentrantLock();

  /** The number of runs of each account that has any, under the lock. */
  private final Map<AccountId, Integer> runs = new HashMap<>();

  private int total;
  private volatile boolean closing;

  /**
   * @param prune removes what is too old; called about once an hour
   */
  Dispatcher(DeliveryQueues backlog, HookRun task, Runnable prune, TimeSource time) {
    this.backlog = backlog;
    this.task = task;
    this.prune = prune;
    this.time = time;
    wake = time.inbox(1);
    ended = time.inbox(1);
  }

  /** Looks for webhooks that are due now; never blocks. */
  void wake() {
    wake.offer(true);
  }

  private boolean isClosing() {
    return closing;
  }

  void run() {
    Instant pruned = time.now();
    boolean reported = false;
    try {
      while (!closing) {
        Duration wait = POLL;
        try {
          wait = dispatch();
          if (!time.now().isBefore(pruned.plus(PRUNED_EVERY))) {
            prune.run();
            pruned = time.now();
          }
          reported = false;
        } catch (StoreUnavailableException e) {
          if (!reported) {
            LOG.warn("webhooks: deliveries wait, because the store is unavailable", e);
            reported = true;
          }
        }
        wake.poll(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts what is due; returns how long to wait for the next. */
  private Duration dispatch() {
    List<HookQueue> queues = backlog.queues(MAX_READ);
    for (HookQueue queue : queues) {
      Duration until = Duration.between(time.now(), queue.due());
      if (until.isPositive()) {
        return until.compareTo(POLL) < 0 ? until : POLL;
      }
      switch (take(queue.account())) {
        case TAKEN -> start(queue);
        // So that the webhooks of one account do not stand before all others.
        case ACCOUNT_FULL -> backlog.move(queue, time.now().plus(POSTPONED));
        case HOST_FULL -> {
          return POLL;
        }
      }
    }
    return POLL;
  }

  private enum Place {
    TAKEN,
    ACCOUNT_FULL,
    HOST_FULL
  }

  private Place take(AccountId account) {
    lock.lock();
    try {
      if (total >= MAX_RUNS || closing) {
        return Place.HOST_FULL;
      }
      if (runs.getOrDefault(account, 0) >= MAX_RUNS_OF_ACCOUNT) {
        return Place.ACCOUNT_FULL;
      }
      runs.merge(account, 1, Integer::sum);
      total++;
      return Place.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  private void start(HookQueue queue) {
    Optional<HookQueue> claimed = Optional.empty();
    try {
      claimed = backlog.move(queue, time.now().plus(DeliveryQueues.CLAIM));
    } finally {
      if (claimed.isEmpty()) {
        release(queue.account());
      }
    }
    claimed.ifPresent(it -> time.start("webhook-" + it.hook(), () -> run(it)));
  }

  private void run(HookQueue queue) {
    try {
      task.run(queue, this::isClosing);
    } catch (StoreUnavailableException e) {
      LOG.warn("{}: deliveries wait, because the store is unavailable", queue, e);
    } finally {
      release(queue.account());
      wake();
    }
  }

  private void release(AccountId account) {
    lock.lock();
    try {
      runs.computeIfPresent(account, (key, count) -> count == 1 ? null : count - 1);
      total--;
      if (total == 0 && closing) {
        ended.offer(true);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts no more runs. */
  void stop() {
    closing = true;
    wake();
  }

  /** Waits for the runs to end, at the latest until the timeout. */
  void awaitEnd(Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      if (total == 0) {
        return;
      }
    } finally {
      lock.unlock();
    }
    ended.poll(timeout);
  }
}
