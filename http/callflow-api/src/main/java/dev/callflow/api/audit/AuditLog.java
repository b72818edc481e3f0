package dev.callflow.api.audit;

import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs changes and actions at {@code INFO} and keeps them in a store of records.
 *
 * <p>Safe for use by any thread. Never blocks: a thread of its own writes the entries, which exists
 * only while there are any. While the store does not answer, the newest {@value #MAX_WAITING}
 * entries wait; what is lost beyond that is logged.
 */
public final class AuditLog {

  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  private static final int MAX_WAITING = 10_000;
  private static final int BATCH = 200;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final RecordStore records;
  private final TimeSource time;
  private final Inbox<Boolean> pause;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<AccountRecord> waiting = new ArrayDeque<>();
  private boolean writing;
  private int lost;

  /**
   * Creates the log.
   *
   * @param records the store
   * @param time the time source
   */
  public AuditLog(RecordStore records, TimeSource time) {
    this.records = records;
    this.time = time;
    pause = time.inbox(1);
  }

  /**
   * Adds an entry.
   *
   * @param entry the entry
   */
  public void add(AuditEntry entry) {
    LOG.info("{}", entry);
    lock.lock();
    try {
      waiting.add(entry.record());
      if (waiting.size() > MAX_WAITING) {
        waiting.remove();
        lost++;
      }
      if (writing) {
        return;
      }
      writing = true;
    } finally {
      lock.unlock();
    }
    time.start("audit-writer", this::write);
  }

  private void write() {
    try {
      List<AccountRecord> batch = next();
      while (!batch.isEmpty()) {
        if (isWritten(batch)) {
          batch = next();
        } else {
          pause.poll(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      // The host is stopping; the entries are in the log.
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWritten(List<AccountRecord> batch) {
    try {
      records.putAll(batch);
      return true;
    } catch (StoreUnavailableException e) {
      LOG.warn("the audit cannot be stored; trying again in {} s", PAUSE.toSeconds(), e);
      return false;
    }
  }

  /** Takes the next entries to write; if there are none, the thread must end. */
  private List<AccountRecord> next() {
    lock.lock();
    try {
      if (lost > 0) {
        LOG.warn("{} entries of the audit are only in the log, because too many waited", lost);
        lost = 0;
      }
      List<AccountRecord> batch = new ArrayList<>();
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      writing = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }
}
