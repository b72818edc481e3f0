package dev.callflow.store;

import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.store.DiskSpace;
import dev.callflow.core.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are in use. H2 closes a database when it cannot write to the file, for
 * instance because the disk is full; then this class opens the database again for the next read or
 * change.
 *
 * <p>While a write has failed less than a second ago, changes are refused without trying them: each
 * attempt would close the database for the readers.
 */
final class CurrentConnections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CurrentConnections.class);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** H2's codes for errors after which the database is closed. */
  private static final Set<Integer> CLOSED =
      Set.of(
          90028 /* input or output failed */,
          90030 /* file corrupted */,
          90031 /* input or output failed */,
          90098 /* the database is closed */,
          90121 /* the database is closed */);

  /** H2's code for a file that is locked. */
  private static final int IN_USE = 90020;

  private static final Duration UNLOCK_PAUSE = Duration.ofMillis(20);

  private static final String POSTGRES_IS_FULL = "53100";

  private static final String STORAGE_FAILURE = "org.h2.mvstore.MVStoreException";

  private final ConnectionSource source;
  private final StoreOptions options;
  private final TimeSource time;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile Connections connections;
  private volatile boolean closed;

  /** When the database may be opened again, if it could not be opened. */
  private Instant nextOpening = Instant.MIN;

  private volatile @Nullable Refusal refusal;

  /** Why changes are refused, and until when. */
  private record Refusal(Instant until, SQLException cause, boolean full) {}

  CurrentConnections(ConnectionSource source, TimeSource time, Connections connections) {
    this.source = source;
    this.options = source.options();
    this.time = time;
    this.connections = connections;
  }

  /**
   * Returns the connections for a read.
   *
   * @param what a description of the read, for messages
   * @throws StoreUnavailableException if the database is closed and cannot be opened
   */
  Connections forRead(String what) {
    Connections current = connections;
    return current.isBroken() && !closed ? reopen(what) : current;
  }

  /**
   * Returns the connections for a change.
   *
   * @param what a description of the change, for messages
   * @throws StoreUnavailableException if the last write has just failed, or the database is closed
   *     and cannot be opened
   */
  Connections forChange(String what) {
    Refusal current = refusal;
    if (current != null && time.now().isBefore(current.until)) {
      throw unavailable(what, current.cause, current.full);
    }
    return forRead(what);
  }

  private Connections reopen(String what) {
    opening.lock();
    try {
      Connections broken = connections;
      if (!broken.isBroken() || closed) {
        return broken;
      }
      if (time.now().isBefore(nextOpening)) {
        throw new StoreUnavailableException(
            "the database is closed after a failure, and will be opened again shortly: " + what);
      }
      time.start("store-close", broken::close);
      connections = openWhenUnlocked();
      LOG.warn("{}: opened again after a failure", options.url());
      return connections;
    } catch (SQLException e) {
      LOG.error("{}: cannot be opened again after a failure", options.url(), e);
      nextOpening = time.now().plus(PAUSE);
      throw unavailable(what, e, DiskSpace.isFull(e));
    } finally {
      opening.unlock();
    }
  }

  /** H2 closes the file on a thread of its own, and keeps it locked until then. */
  private Connections openWhenUnlocked() throws SQLException {
    Instant until = time.now().plus(options.deadline());
    while (true) {
      try {
        return Connections.reopen(source);
      } catch (SQLException e) {
        if (e.getErrorCode() != IN_USE || !time.now().isBefore(until) || !pause()) {
          throw e;
        }
      }
    }
  }

  /** Returns false if the thread was interrupted. */
  private boolean pause() {
    try {
      time.<Boolean>inbox(1).poll(UNLOCK_PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Records a failure.
   *
   * @param used the connections with which the read or change failed
   * @param what a description of the read or change, for messages
   * @param cause the failure
   * @return the exception to throw
   */
  StoreUnavailableException failed(Connections used, String what, SQLException cause) {
    boolean full = DiskSpace.isFull(cause) || POSTGRES_IS_FULL.equals(cause.getSQLState());
    if (!DatabaseUrl.isPostgres(options.url()) && closesTheDatabase(cause)) {
      if (!used.isBroken()) {
        LOG.error("{}: closed because of a failure", options.url(), cause);
      }
      used.breaks();
      if (isStorageFailure(cause)) {
        refusal = new Refusal(time.now().plus(PAUSE), cause, full);
      }
    }
    return unavailable(what, cause, full);
  }

  private static boolean closesTheDatabase(SQLException cause) {
    return CLOSED.contains(cause.getErrorCode()) || isStorageFailure(cause);
  }

  private static boolean isStorageFailure(SQLException cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at.getClass().getName().equals(STORAGE_FAILURE)) {
        return true;
      }
    }
    return false;
  }

  private static StoreUnavailableException unavailable(
      String what, SQLException cause, boolean full) {
    return full
        ? StoreUnavailableException.full(
            "the change was refused because the disk is full: " + what, cause)
        : new StoreUnavailableException("the database request failed: " + what, cause);
  }

  @Override
  public void close() {
    closed = true;
    connections.close();
  }
}
