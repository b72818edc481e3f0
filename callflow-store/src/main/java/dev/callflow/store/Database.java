package dev.callflow.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries and changes in a database, each with a deadline.
 *
 * <p>H2 closes a database when its last connection closes; an additional connection, the anchor,
 * keeps it open.
 */
final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ATTEMPTS = 20;

  private final StoreOptions options;
  private final TimeSource time;
  private final HikariDataSource pool;
  private final Optional<Connection> anchor;
  private final Jdbi jdbi;

  private Database(
      StoreOptions options, TimeSource time, HikariDataSource pool, Optional<Connection> anchor) {
    this.options = options;
    this.time = time;
    this.pool = pool;
    this.anchor = anchor;
    this.jdbi = Jdbi.create(pool);
    // Otherwise exception messages would contain SQL and bound values, including PINs.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /** Connects to the database and creates or migrates the tables. */
  static Database open(StoreOptions options, TimeSource time) {
    Optional<Connection> anchor = Optional.empty();
    try {
      if (!DatabaseUrl.isPostgres(options.url())) {
        anchor = Optional.of(source(options, options.deadline()).getConnection());
      }
      Tables.migrate(source(options, MIGRATION_TIMEOUT));
      return new Database(options, time, pool(options), anchor);
    } catch (FlywayException | SQLException e) {
      anchor.ifPresent(Database::close);
      SQLException reason = sqlCause(e);
      throw new StoreUnavailableException(
          "the store at "
              + options.url()
              + " cannot be opened: "
              + (reason == null ? e : reason).getMessage(),
          e);
    }
  }

  private static HikariDataSource pool(StoreOptions options) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("callflow-store");
    config.setDataSource(source(options, options.deadline().plusSeconds(1)));
    config.setMaximumPoolSize(options.connections());
    config.setConnectionTimeout(options.deadline().toMillis());
    config.setValidationTimeout(options.deadline().toMillis() / 2);
    // No need to check the connection: the migration has just used the database.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Creates a source of connections that fail when the database is silent for too long. */
  static DataSource source(StoreOptions options, Duration idleTimeout) {
    if (DatabaseUrl.isPostgres(options.url())) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(options.url());
      source.setUser(options.user());
      source.setPassword(options.password());
      source.setApplicationName("callflow");
      source.setSocketTimeout(seconds(idleTimeout));
      source.setConnectTimeout(seconds(options.deadline()));
      source.setLoginTimeout(seconds(options.deadline()));
      source.setTcpKeepAlive(true);
      // Error details quote rows, which contain documents.
      source.setLogServerErrorDetail(false);
      return source;
    }
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(H2Settings.complete(options.url(), options.deadline()));
    source.setUser(options.user());
    source.setPassword(options.password());
    return source;
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(Math.max(1, duration.plusMillis(999).toSeconds()));
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
          try (Handle handle = jdbi.open()) {
            handle.getConfig(SqlStatements.class).addCustomizer(deadline);
            return query.apply(handle);
          } catch (JdbiException e) {
            throw unavailable(what, e);
          }
        });
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
      try (Handle handle = jdbi.open()) {
        handle.getConfig(SqlStatements.class).addCustomizer(deadline);
        return handle.inTransaction(change::apply);
      } catch (JdbiException e) {
        if (!isConflict(e) || attempt == MAX_ATTEMPTS || deadline.isOver()) {
          throw unavailable(what, e);
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

  private static StoreUnavailableException unavailable(String what, JdbiException e) {
    SQLException cause = sqlCause(e);
    return new StoreUnavailableException(
        "the database request failed: " + what, cause == null ? e : cause);
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
          pool.close();
          anchor.ifPresent(Database::close);
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

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("closing the connection to the database failed", e);
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
      statement.setQueryTimeout(seconds(Duration.between(time.now(), end)));
    }
  }
}
