package dev.callflow.store;

import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs queries and changes in a database, each with a deadline. */
final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ATTEMPTS = 20;

  private final StoreOptions options;
  private final TimeSource time;
  private final CurrentConnections connections;

  private Database(ConnectionSource source, TimeSource time, Connections connections) {
    this.options = source.options();
    this.time = time;
    this.connections = new CurrentConnections(source, time, connections);
  }

  /** Connects to the database and creates or migrates the tables. */
  static Database open(ConnectionSource source, TimeSource time) {
    try {
      return new Database(source, time, Connections.open(source));
    } catch (FlywayException | SQLException e) {
      SQLException reason = sqlCause(e);
      throw new StoreUnavailableException(
          "the store at "
              + source.options().url()
              + " cannot be opened: "
              + (reason == null ? e : reason).getMessage(),
          e);
    }
  }

  /**
   * Runs a query.
   *
   * @param what a description of the query, for messages
   */
  <T> T read(String what, Function<Handle, T> query) {
    return await(
        what,
        deadline -> {
          Connections first = connections.forRead(what);
          try {
            return read(first, what, query, deadline);
          } catch (StoreUnavailableException e) {
            if (!first.isBroken()) {
              throw e;
            }
            // The database was closed by a failed write. A read can be repeated.
            return read(connections.forRead(what), what, query, deadline);
          }
        });
  }

  private <T> T read(Connections used, String what, Function<Handle, T> query, Deadline deadline) {
    try (Handle handle = used.jdbi().open()) {
      handle.getConfig(SqlStatements.class).addCustomizer(deadline);
      return query.apply(handle);
    } catch (JdbiException e) {
      throw unavailable(used, what, e);
    }
  }

  /**
   * Runs a change in one transaction. If it conflicts with another transaction (over a key, or in a
   * deadlock), it runs again and then sees what the other transaction has changed.
   *
   * @param what a description of the change, for messages
   * @param change the change
   * @param end receives the result, even if the caller no longer waits for it; receives an empty
   *     value if it is unknown whether the change was made
   */
  <T> T change(String what, Function<Handle, T> change, Consumer<Optional<T>> end) {
    return await(
        what,
        deadline -> {
          Optional<T> done = Optional.empty();
          try {
            T result = attempt(what, change, deadline);
            done = Optional.of(result);
            return result;
          } finally {
            end.accept(done);
          }
        });
  }

  private <T> T attempt(String what, Function<Handle, T> change, Deadline deadline) {
    for (int attempt = 1; ; attempt++) {
      Connections used = connections.forChange(what);
      try (Handle handle = used.jdbi().open()) {
        handle.getConfig(SqlStatements.class).addCustomizer(deadline);
        return handle.inTransaction(change::apply);
      } catch (JdbiException e) {
        if (!isConflict(e) || attempt == MAX_ATTEMPTS || deadline.isOver()) {
          throw unavailable(used, what, e);
        }
      }
    }
  }

  private sealed interface Answer<T> {
    record Given<T>(T value) implements Answer<T> {}

    record Failed<T>(RuntimeException failure) implements Answer<T> {}
  }

  /**
   * Runs work on a separate thread that is never interrupted: an interrupt would close the
   * connection, or even the file of an H2 database for all users.
   */
  private <T> T await(String what, Function<Deadline, T> work) {
    Deadline deadline = new Deadline(time.now().plus(options.deadline()));
    Inbox<Answer<T>> answer = time.inbox(1);
    time.start("store", () -> answer.close(answer(work, deadline)));
    try {
      return switch (answer.poll(options.deadline())) {
        case null ->
            throw new StoreUnavailableException("the database has not responded in time: " + what);
        case Answer.Given<T>(T value) -> value;
        case Answer.Failed<T>(RuntimeException failure) -> throw failure;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the database: " + what, e);
    }
  }

  private static <T> Answer<T> answer(Function<Deadline, T> work, Deadline deadline) {
    try {
      return new Answer.Given<>(work.apply(deadline));
    } catch (RuntimeException e) {
      return new Answer.Failed<>(e);
    }
  }

  private static final Set<String> CONFLICTS =
      Set.of("23505" /* unique violation */, "90131" /* H2: concurrent update */);

  private static boolean isConflict(JdbiException e) {
    SQLException cause = sqlCause(e);
    return cause != null
        && cause.getSQLState() != null
        && (CONFLICTS.contains(cause.getSQLState()) || cause.getSQLState().startsWith("40"));
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  private StoreUnavailableException unavailable(Connections used, String what, JdbiException e) {
    SQLException cause = sqlCause(e);
    return cause == null
        ? new StoreUnavailableException("the database request failed: " + what, e)
        : connections.failed(used, what, cause);
  }

  /**
   * Closes the connections. Waits longer than for a query, because H2 compacts its file when it
   * closes.
   */
  @Override
  public void close() {
    Inbox<Boolean> closed = time.inbox(1);
    time.start(
        "store-close",
        () -> {
          connections.close();
          closed.close(true);
        });
    try {
      if (closed.poll(CLOSE_TIMEOUT) == null) {
        LOG.warn("the database is still closing after {} s", CLOSE_TIMEOUT.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Limits each statement to the remaining time of the call. */
  private final class Deadline implements StatementCustomizer {
    private final Instant end;

    Deadline(Instant end) {
      this.end = end;
    }

    boolean isOver() {
      return !time.now().isBefore(end);
    }

    @Override
    public void beforeExecution(PreparedStatement statement, StatementContext context)
        throws SQLException {
      statement.setQueryTimeout(ConnectionSource.seconds(Duration.between(time.now(), end)));
    }
  }
}
