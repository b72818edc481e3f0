package dev.callflow.host.history;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.EventType;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the calls, the runs of conferences, their participants and recordings, and the callers
 * who were refused.
 *
 * <p>Calls and rooms only add to a bounded backlog, and never wait. One thread writes it to the
 * store, several records at once, and waits for more after the first one. While the store is
 * unavailable the thread tries again, with pauses; when the backlog is full, the oldest is dropped
 * and counted.
 */
public final class HistoryWriter implements CallObserver {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);

  /** The types of events that change the history; most others are of no use in the backlog. */
  private static final Set<EventType> RECORDED =
      EnumSet.of(
          EventType.CONFERENCE_CREATE,
          EventType.CONFERENCE_DESTROY,
          EventType.ADD_MEMBER,
          EventType.DEL_MEMBER,
          EventType.ROLE,
          EventType.START_RECORDING,
          EventType.STOP_RECORDING,
          EventType.CONFERENCE_DENIED,
          EventType.CONFERENCE_REPAIRED);

  private static final int MAX_BACKLOG = 10_000;
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

  /** How long a transaction waits for more; a busy host would make one for nearly every event. */
  private static final Duration COLLECTING = Duration.ofMillis(250);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  private final TimeSource time;
  private final Backlog backlog;
  private final Inbox<Boolean> added;
  private final Inbox<Boolean> finished;
  private final Inbox<Boolean> pauses;
  private final Unwritten records;
  private final Runs runs;
  private final AbandonedRuns abandoned;
  private final Calls calls;
  private final Subscription subscription;

  private volatile boolean closed;

  /** Whether the host waits no longer for what is not written. */
  private volatile boolean givenUp;

  // The following are used by the history's thread only.
  private boolean last;
  private boolean unavailable;
  private long reported;
  private Instant reportAt;

  /**
   * Begins to record.
   *
   * @param store the store of records
   * @param documents the store that has the names of conferences
   * @param conferences the conferences to record
   * @param time the source of time and of the thread
   */
  public HistoryWriter(
      RecordStore store, DocumentStore documents, Conferences conferences, TimeSource time) {
    this(store, documents, conferences, time, MAX_BACKLOG);
  }

  /**
   * Begins to record with another bound.
   *
   * @param store the store of records
   * @param documents the store that has the names of conferences
   * @param conferences the conferences to record
   * @param time the source of time and of the thread
   * @param backlog the maximum number of events and calls that wait for the store
   */
  public HistoryWriter(
      RecordStore store,
      DocumentStore documents,
      Conferences conferences,
      TimeSource time,
      int backlog) {
    this.time = time;
    this.backlog = new Backlog(backlog);
    added = time.inbox(1);
    finished = time.inbox(1);
    pauses = time.inbox(1);
    reportAt = time.now();
    records = new Unwritten(store);
    runs = new Runs(conferences, documents, records);
    abandoned = new AbandonedRuns(store, records, runs);
    calls = new Calls(records);
    subscription =
        conferences.onEveryEvent(event -> {
          if (RECORDED.contains(event.type())) {
            add(new Happening.Published(event));
          }
        });
    time.start("history", this::record);
  }

  @Override
  public void ended(CallRecord call) {
    add(new Happening.CallEnded(call));
  }

  private void add(Happening happening) {
    if (!closed) {
      backlog.add(happening);
      added.offer(true);
    }
  }

  /**
   * Returns how much was dropped because the store was too slow or unavailable.
   *
   * @return the number of events and calls since the start
   */
  public long dropped() {
    return backlog.dropped();
  }

  /**
   * Writes what is in the backlog, and ends. Blocks until that is done, or until a deadline.
   *
   * @param hungUp whether the host has hung up all calls, so that the rooms have ended
   * @param timeout the maximum time to wait; what is not written by then is lost, and logged
   */
  public void close(boolean hungUp, Duration timeout) {
    subscription.close();
    add(new Happening.HostClosed(hungUp));
    closed = true;
    pauses.offer(true);
    try {
      if (finished.poll(timeout) == null) {
        giveUp();
        LOG.error("the end of the history is lost, because the store did not answer in time");
      }
    } catch (InterruptedException e) {
      giveUp();
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the thread end. An interrupt could close the files of a database in this process. */
  private void giveUp() {
    givenUp = true;
    pauses.offer(true);
  }

  private void record() {
    try {
      Instant checkAt = time.now().plus(CHECK_INTERVAL);
      while (!givenUp) {
        List<Happening> taken = backlog.take(Unwritten.BATCH);
        for (Happening happening : taken) {
          untilAnswered(() -> apply(happening));
          if (records.isLarge()) {
            write();
          }
        }
        write();
        if (last) {
          finished.offer(true);
          return;
        }
        boolean upToDate = taken.isEmpty();
        if (!time.now().isBefore(checkAt)) {
          untilAnswered(() -> check(upToDate));
          write();
          checkAt = time.now().plus(CHECK_INTERVAL);
        } else if (upToDate) {
          if (added.poll(Duration.between(time.now(), checkAt)) != null && !closed) {
            pauses.poll(COLLECTING);
          }
        }
      }
    } catch (InterruptedException e) {
      // Nothing interrupts this thread but the end of the time source, in tests.
      Thread.currentThread().interrupt();
    }
  }

  private void write() throws InterruptedException {
    untilAnswered(() -> {
      try {
        records.write();
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.warn("the store rejects some of the history; writing it record by record", e);
        records.writeOneByOne();
        records.write();
      }
    });
  }

  private void apply(Happening happening) {
    switch (happening) {
      case Happening.Published published -> runs.apply(published.event());
      case Happening.CallEnded ended -> calls.ended(ended.call());
      case Happening.HostClosed host -> {
        if (host.hungUp()) {
          runs.endAll(time.now());
        } else {
          runs.seen(time.now());
        }
        last = true;
      }
    }
  }

  private void check(boolean upToDate) {
    report();
    Instant now = time.now();
    runs.seen(now);
    if (upToDate) {
      runs.compare(now);
    }
    records.write();
    abandoned.end(now);
  }

  private void report() {
    long dropped = backlog.dropped();
    if (dropped > reported && !time.now().isBefore(reportAt)) {
      LOG.warn(
          "the history lacks {} events and calls, because the store is too slow or unavailable",
          dropped - reported);
      reported = dropped;
      reportAt = time.now().plus(CHECK_INTERVAL);
    }
  }

  /** Runs a task that needs the store, again and again until the store answers. */
  private void untilAnswered(Runnable task) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!givenUp) {
      try {
        task.run();
        if (unavailable) {
          unavailable = false;
          LOG.info("the history is written again");
        }
        return;
      } catch (StoreUnavailableException e) {
        if (!unavailable) {
          unavailable = true;
          LOG.warn("the history cannot be written, and will be as soon as the store answers", e);
        }
        report();
        pauses.poll(pause);
        pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
      } catch (RuntimeException e) {
        LOG.error("a part of the history is lost, because it cannot be recorded", e);
        return;
      }
    }
  }
}
