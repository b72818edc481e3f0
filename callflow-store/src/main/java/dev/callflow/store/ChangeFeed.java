package dev.callflow.store;

import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces changes to other processes that use the same PostgreSQL database, and receives their
 * announcements on its own connection and thread.
 */
final class ChangeFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  private static final String CHANNEL = "callflow_changes";
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MIN_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** Receives changes on the feed's thread. */
  interface Listener {

    /** Called when no further changes will be missed; earlier ones may have been missed. */
    void connected();

    void changed(Change change);

    /** Called when further changes may be missed. */
    void lost();
  }

  private final DataSource source;
  private final Listener listener;
  private final Inbox<Boolean> listening;
  private final Inbox<Boolean> closing;

  /**
   * Starts a feed. Returns as soon as it is listening, or after the deadline, in which case it
   * keeps trying in the background.
   */
  static ChangeFeed open(ConnectionSource source, TimeSource time, Listener listener) {
    ChangeFeed feed =
        new ChangeFeed(source.direct(REPLY_TIMEOUT), listener, time.inbox(1), time.inbox(1));
    time.start("store-changes", feed::run);
    try {
      if (feed.listening.poll(source.options().deadline()) == null) {
        LOG.warn(
            "the connection for changes from other processes is not ready;"
                + " reading everything from the database until it is");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return feed;
  }

  private ChangeFeed(
      DataSource source, Listener listener, Inbox<Boolean> listening, Inbox<Boolean> closing) {
    this.source = source;
    this.listener = listener;
    this.listening = listening;
    this.closing = closing;
  }

  /** Announces a change to other processes when the transaction commits. */
  static void announce(Handle handle, Change change) {
    handle
        .createQuery("SELECT CAST(pg_notify(:channel, :change) AS TEXT)")
        .bind("channel", CHANNEL)
        .bind("change", change.text())
        .mapTo(String.class)
        .one();
  }

  private void run() {
    Duration pause = Duration.ZERO;
    try {
      while (closing.poll(pause) == null) {
        pause = listen() ? MIN_PAUSE : min(pause.plus(pause).plus(MIN_PAUSE), MAX_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Listens until the connection breaks; returns false if it could not be opened. */
  private boolean listen() throws InterruptedException {
    boolean connected = false;
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      connected = true;
      listener.connected();
      listening.close(true);
      PGConnection postgres = connection.unwrap(PGConnection.class);
      while (closing.poll(Duration.ZERO) == null) {
        PGNotification[] received = postgres.getNotifications((int) POLL_TIMEOUT.toMillis());
        if (received == null || received.length == 0) {
          // Check that the connection still works.
          statement.execute("SELECT 1");
        } else {
          for (PGNotification notification : received) {
            Change.read(notification.getParameter()).ifPresent(listener::changed);
          }
        }
      }
      // The connection may return to a pool of the application.
      statement.execute("UNLISTEN *");
      close();
    } catch (SQLException | StoreUnavailableException e) {
      LOG.warn("not receiving changes from other processes: {}", e.getMessage());
    } finally {
      if (connected) {
        listener.lost();
      }
    }
    return connected;
  }

  @Override
  public void close() {
    if (!closing.offer(true)) {
      LOG.debug("the feed is already closed");
    }
  }
}
