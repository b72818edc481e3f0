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
 * The connections to a database, with a deadline for all that is asked of it.
 *
 * <p>H2 closes a database with its last connection: one more, the anchor, keeps it open.
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
    // Statements and what is bound to them stand in messages otherwise: whole documents, with PINs.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /** Connects, and makes the tables or brings them up to date. */
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
      SQLException why = sqlCause(e);
      throw new StoreUnavailableException(
          "the store at "
              + options.url()
              + " cannot be opened: "
              + (why == null ? e : why).getMessage(),
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
    // The tables have just been looked at, so the database is there.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Makes connections that give up when the database has been silent for too long. */
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
      // Details quote rows, and in these are documents.
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
   * Asks for something.
   *
   * @param what for messages: what was wanted
   */
  <T> T read(String what, Function<Handle, T> question) {
    return await(
        what,
        deadline -> {
          try (Handle handle = jdbi.open()) {
            handle.getConfig(SqlStatements.class).addCustomizer(deadline);
            return question.apply(handle);
          } catch (JdbiException e) {
            throw unavailable(what, e);
          }
        });
  }

  /**
   * Changes something in one transaction. If others were in the way (the same key, or a deadlock),
   * it begins again, and sees then what they have done.
   *
   * @param what for messages: what was wanted
   * @param end what follows, also if nobody waits any more; gets empty if it is not known whether
   *     the change was made
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
        if (!othersWereInTheWay(e) || attempt == MAX_ATTEMPTS || deadline.isOver()) {
          throw unavailable(what, e);
        }
      }
    }
  }

  private sealed interface Answer<T> {
    record Given<T>(T value) implements Answer<T> {}

    record Failed<T>(RuntimeException why) implements Answer<T> {}
  }

  /**
   * Works on a thread of its own, which nobody interrupts: an interrupt in the middle would close
   * the file of an H2 database for all, or a connection.
   */
  private <T> T await(String what, Function<Deadline, T> work) {
    Deadline deadline = new Deadline(time.now().plus(options.deadline()));
    Inbox<Answer<T>> answer = time.inbox(1);
    time.start("store", () -> answer.close(answer(work, deadline)));
    try {
      return switch (answer.poll(options.deadline())) {
        case null -> throw new StoreUnavailableException("the database is silent: " + what);
        case Answer.Given<T>(T value) -> value;
        case Answer.Failed<T>(RuntimeException why) -> throw why;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("nobody waits for the database any more: " + what, e);
    }
  }

  private static <T> Answer<T> answer(Function<Deadline, T> work, Deadline deadline) {
    try {
      return new Answer.Given<>(work.apply(deadline));
    } catch (RuntimeException e) {
      return new Answer.Failed<>(e);
    }
  }

  private static final Set<String> IN_THE_WAY =
      Set.of("23505" /* unique violation */, "90131" /* H2: concurrent update */);

  private static boolean othersWereInTheWay(JdbiException e) {
    SQLException cause = sqlCause(e);
    return cause != null
        && cause.getSQLState() != null
        && (IN_THE_WAY.contains(cause.getSQLState()) || cause.getSQLState().startsWith("40"));
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
        "the database does not answer: " + what, cause == null ? e : cause);
  }

  /** H2 tidies up its file when it is closed, which takes longer than a question. */
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
        LOG.warn("the database is not closed yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("the database was not closed well", e);
    }
  }

  /** Gives each statement what is left of the time for all. */
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
