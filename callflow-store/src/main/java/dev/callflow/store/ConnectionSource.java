package dev.callflow.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Where the connections to a database come from.
 *
 * @param options the database and its limits
 * @param application the application's own source, whose settings are the application's; null if
 *     the store connects to the database and pools the connections itself
 */
record ConnectionSource(StoreOptions options, @Nullable DataSource application) {

  boolean isPostgres() {
    return DatabaseUrl.isPostgres(options.url());
  }

  /** Returns a source without a pool, whose connections fail when the database is silent. */
  DataSource direct(Duration idleTimeout) {
    return application != null ? application : ofDriver(idleTimeout);
  }

  /** Returns a source for the calls of the store; close it with {@link #close}. */
  DataSource pooled() {
    if (application != null) {
      return application;
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("callflow-store");
    config.setDataSource(ofDriver(options.deadline().plusSeconds(1)));
    config.setMaximumPoolSize(options.connections());
    config.setConnectionTimeout(options.deadline().toMillis());
    config.setValidationTimeout(options.deadline().toMillis() / 2);
    // No need to check the connection: the migration has just used the database.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Closes a source of {@link #pooled}, but never that of the application. */
  void close(DataSource pooled) {
    if (application == null && pooled instanceof HikariDataSource pool) {
      pool.close();
    }
  }

  private DataSource ofDriver(Duration idleTimeout) {
    if (isPostgres()) {
      // Not PGSimpleDataSource: Flyway searches the long URL that it makes of these settings for
      // passwords, which takes longer than the rest of the start.
      return new DriverDataSource(
          options.url(), null, postgresSettings(idleTimeout), options.user(), options.password());
    }
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(H2Settings.complete(options.url(), options.deadline()));
    source.setUser(options.user());
    source.setPassword(options.password());
    return source;
  }

  private Properties postgresSettings(Duration idleTimeout) {
    Properties settings = new Properties();
    PGProperty.APPLICATION_NAME.set(settings, "callflow");
    PGProperty.SOCKET_TIMEOUT.set(settings, seconds(idleTimeout));
    PGProperty.CONNECT_TIMEOUT.set(settings, seconds(options.deadline()));
    PGProperty.LOGIN_TIMEOUT.set(settings, seconds(options.deadline()));
    PGProperty.TCP_KEEP_ALIVE.set(settings, true);
    // Error details quote rows, which contain documents.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(settings, false);
    return settings;
  }

  /**
   * Checks the settings of the application's source on which the promises of the store depend.
   *
   * @throws IllegalArgumentException if a setting does not suit the store
   * @throws SQLException if the database does not respond
   */
  void check() throws SQLException {
    if (application == null) {
      return;
    }
    try (Connection connection = application.getConnection()) {
      if (!connection.getAutoCommit()) {
        throw new IllegalArgumentException(
            "the connections of the DataSource must be in auto-commit mode;"
                + " the store begins its transactions itself");
      }
      if (!isPostgres()) {
        H2Settings.check(connection);
      }
    }
  }

  static int seconds(Duration duration) {
    return Math.toIntExact(Math.max(1, duration.plusMillis(999).toSeconds()));
  }
}
