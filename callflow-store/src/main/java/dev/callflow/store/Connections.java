package dev.callflow.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections to a database.
 *
 * <p>H2 closes a database when its last connection closes; an additional connection, the anchor,
 * keeps it open.
 */
final class Connections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(10);

  private final HikariDataSource pool;
  private final Optional<Connection> anchor;
  private final Jdbi jdbi;
  private volatile boolean broken;

  private Connections(HikariDataSource pool, Optional<Connection> anchor) {
    this.pool = pool;
    this.anchor = anchor;
    this.jdbi = Jdbi.create(pool);
    // Otherwise exception messages would contain SQL and bound values, including PINs.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /** Connects to the database and creates or migrates the tables. */
  static Connections open(StoreOptions options) throws SQLException {
    Optional<Connection> anchor = Optional.empty();
    if (!DatabaseUrl.isPostgres(options.url())) {
      anchor = Optional.of(source(options, options.deadline()).getConnection());
    }
    try {
      Tables.migrate(source(options, MIGRATION_TIMEOUT));
      return new Connections(pool(options), anchor);
    } catch (RuntimeException e) {
      anchor.ifPresent(Connections::close);
      throw e;
    }
  }

  /** Connects to a database of H2 that has closed itself; the tables exist. */
  static Connections reopen(StoreOptions options) throws SQLException {
    Connection anchor = source(options, options.deadline()).getConnection();
    return new Connections(pool(options), Optional.of(anchor));
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

  static int seconds(Duration duration) {
    return Math.toIntExact(Math.max(1, duration.plusMillis(999).toSeconds()));
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** Returns whether the database has closed itself, so that all connections are useless. */
  boolean isBroken() {
    return broken;
  }

  void breaks() {
    broken = true;
  }

  @Override
  public void close() {
    anchor.ifPresent(Connections::close);
    pool.close();
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // After a failed write, the failure is reported once more.
      LOG.warn("closing the connection to the database failed: {}", e.getMessage());
    }
  }
}
