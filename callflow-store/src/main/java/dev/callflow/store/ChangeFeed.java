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
 * Tells other processes at the same PostgreSQL what this one changes, and hears what they change,
 * on a connection and a thread of its own.
 */
final class ChangeFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  private static final String CHANNEL = "callflow_changes";
  private static final Duration MAX_SILENCE = Duration.ofMillis(500);
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MIN_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** Hears of changes; always on the feed's thread. */
  interface Listener {

    /** Nothing escapes from now on; before, anything may have changed. */
    void connected();

    void changed(Change change);

    /** Changes may escape from now on. */
    void lost();
  }

  private final DataSource source;
  private final Listener listener;
  private final Inbox<Boolean> begun;
  private final Inbox<Boolean> closing;

  /**
   * Begins to listen; returns when it does, or when it has tried for too long and goes on trying.
   */
  static ChangeFeed open(StoreOptions options, TimeSource time, Listener listener) {
    ChangeFeed feed =
        new ChangeFeed(
            Database.source(options, REPLY_TIMEOUT), listener, time.inbox(1), time.inbox(1));
    time.start("store-changes", feed::run);
    try {
      if (feed.begun.poll(options.deadline()) == null) {
        LOG.warn("changes of other processes are not heard of yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return feed;
  }

  private ChangeFeed(
      DataSource source, Listener listener, Inbox<Boolean> begun, Inbox<Boolean> closing) {
    this.source = source;
    this.listener = listener;
    this.begun = begun;
    this.closing = closing;
  }

  /** Tells the others as soon as the transaction is committed, and only then. */
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

  /** Listens until the connection breaks; returns whether there was one. */
  private boolean listen() throws InterruptedException {
    boolean connected = false;
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      connected = true;
      listener.connected();
      begun.close(true);
      PGConnection postgres = connection.unwrap(PGConnection.class);
      while (closing.poll(Duration.ZERO) == null) {
        PGNotification[] heard = postgres.getNotifications((int) MAX_SILENCE.toMillis());
        if (heard == null || heard.length == 0) {
          // A connection that is silent may be dead.
          statement.execute("SELECT 1");
        } else {
          for (PGNotification one : heard) {
            Change.read(one.getParameter()).ifPresent(listener::changed);
          }
        }
      }
      close();
    } catch (SQLException | StoreUnavailableException e) {
      LOG.warn("changes of other processes are not heard of: {}", e.getMessage());
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
      LOG.debug("the feed is closed already");
    }
  }
}
