package dev.callflow.core.record;

import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old records and expired tokens once an hour, on a thread of its own, until it is closed.
 * Several hosts may do so in the same store.
 */
public final class RetentionTask implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionTask.class);

  private static final Duration INTERVAL = Duration.ofHours(1);

  /** The host is busy when it starts. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  private final RecordStore records;
  private final Retention retention;
  private final ExpiredRecords expired;
  private final TimeSource time;
  private final Inbox<Boolean> closing;
  private volatile boolean closed;

  private RetentionTask(RecordStore records, Retention retention, TimeSource time) {
    this.records = records;
    this.retention = retention;
    expired = new ExpiredRecords(records, RecordKind.TOKEN, time);
    this.time = time;
    closing = time.inbox(1);
  }

  /**
   * Starts to remove old records, and tokens that have expired: first after a minute, and then
   * every hour. Each time at most 10,000 tokens are checked, and the next ones an hour later. If
   * the store does not answer, the next hour's attempt removes what is left.
   *
   * @param records the records
   * @param retention how long they are kept
   * @param time the time source
   * @return the task; close it before the store
   */
  public static RetentionTask start(RecordStore records, Retention retention, TimeSource time) {
    RetentionTask task = new RetentionTask(records, retention, time);
    time.start("retention", task::run);
    return task;
  }

  private void run() {
    try {
      Duration pause = FIRST;
      while (closing.poll(pause) == null) {
        prune();
        pause = INTERVAL;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void prune() {
    try {
      retention
          .limits()
          .forEach((kind, limits) -> {
            if (!closed) {
              prune(kind, limits);
            }
          });
      if (!closed) {
        report(expired.remove(), "expired records of " + RecordKind.TOKEN);
      }
    } catch (StoreUnavailableException e) {
      if (closed) {
        LOG.debug("the removal of old records ended with the store", e);
        return;
      }
      LOG.warn("old records could not be removed; trying again in an hour: {}", e.getMessage());
    }
  }

  private void prune(RecordKind kind, Retention.Limits limits) {
    report(
        records.prune(kind, time.now().minus(limits.age()), limits.perAccount()),
        "old records of " + kind);
  }

  private static void report(int removed, String what) {
    if (removed > 0) {
      LOG.info("removed {} {}", removed, what);
    }
  }

  /** Ends the task; a removal in progress ends within the timeout of the store. */
  @Override
  public void close() {
    closed = true;
    if (!closing.offer(true)) {
      LOG.debug("the removal of old records is already ended");
    }
  }
}
