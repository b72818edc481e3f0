package dev.callflow.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
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

/** The connections to a database, with a deadline for all that is asked of it. */
final class Database implements AutoCloseable {

  private static final Duration LONGEST_MIGRATION = Duration.ofMinutes(10);
  private static final int MOST_ATTEMPTS = 20;

  private final StoreOptions options;
  private final TimeSource time;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(StoreOptions options, TimeSource time, HikariDataSource pool) {
    this.options = options;
    this.time = time;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    // Statements and what is bound to them stand in messages otherwise: whole documents, with PINs.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /** Connects, and makes the tables or brings them up to date. */
  static Database open(StoreOptions options, TimeSource time) {
    try {
      Tables.migrate(source(options, LONGEST_MIGRATION));
      return new Database(options, time, pool(options));
    } catch (FlywayException e) {
      throw new StoreUnavailableException("the store at " + options.url() + " cannot be opened", e);
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
  static DataSource source(StoreOptions options, Duration longestSilence) {
    if (DatabaseUrl.isPostgres(options.url())) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(options.url());
      source.setUser(options.user());
      source.setPassword(options.password());
      source.setApplicationName("callflow");
      source.setSocketTimeout(seconds(longestSilence));
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
    Deadline deadline = new Deadline(time.now().plus(options.deadline()));
    try (Handle handle = jdbi.open()) {
      handle.getConfig(SqlStatements.class).addCustomizer(deadline);
      return question.apply(handle);
    } catch (JdbiException e) {
      throw unavailable(what, e);
    }
  }

  /**
   * Changes something in one transaction. If others were in the way (the same key, or a deadlock),
   * it begins again, and sees then what they have done.
   *
   * @param what for messages: what was wanted
   */
  <T> T change(String what, Function<Handle, T> change) {
    Deadline deadline = new Deadline(time.now().plus(options.deadline()));
    for (int attempt = 1; ; attempt++) {
      try (Handle handle = jdbi.open()) {
        handle.getConfig(SqlStatements.class).addCustomizer(deadline);
        return handle.inTransaction(change::apply);
      } catch (JdbiException e) {
        if (!othersWereInTheWay(e) || attempt == MOST_ATTEMPTS || deadline.isOver()) {
          throw unavailable(what, e);
        }
      }
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

  @Override
  public void close() {
    pool.close();
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
