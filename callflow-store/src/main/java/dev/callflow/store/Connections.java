package dev.callflow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
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

  private final ConnectionSource source;
  private final DataSource pool;
  private final Optional<Connection> anchor;
  private final Jdbi jdbi;
  private volatile boolean broken;

  private Connections(ConnectionSource source, Optional<Connection> anchor) {
    this.source = source;
    this.pool = source.pooled();
    this.anchor = anchor;
    this.jdbi = Jdbi.create(pool);
    // Otherwise exception messages would contain SQL and bound values, including PINs.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /** Connects to the database and creates or migrates the tables. */
  static Connections open(ConnectionSource source) throws SQLException {
    source.check();
    Optional<Connection> anchor = anchor(source);
    try {
      Tables.migrate(source.direct(MIGRATION_TIMEOUT));
      return new Connections(source, anchor);
    } catch (RuntimeException e) {
      anchor.ifPresent(Connections::close);
      throw e;
    }
  }

  /** Connects to a database of H2 that has closed itself; the tables exist. */
  static Connections reopen(ConnectionSource source) throws SQLException {
    return new Connections(source, anchor(source));
  }

  /** The application itself decides how long its source keeps a database open. */
  private static Optional<Connection> anchor(ConnectionSource source) throws SQLException {
    return source.isPostgres() || source.application() != null
        ? Optional.empty()
        : Optional.of(source.direct(source.options().deadline()).getConnection());
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
    source.close(pool);
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
