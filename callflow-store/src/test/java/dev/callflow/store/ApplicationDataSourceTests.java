package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in the database of an application, over the application's DataSource. */
class ApplicationDataSourceTests {

  private static final AccountId ACME = new AccountId("acme");

  @TempDir private Path folder;

  private static HikariDataSource pool(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(3);
    return new HikariDataSource(config);
  }

  private static JdbcStore open(HikariDataSource source) {
    return JdbcStore.open(
        source, StoreOptions.of(source).deadline(Eventually.LIMIT), TimeSource.system());
  }

  @Test
  void documentsAreKeptInTheDatabaseOfTheApplication() throws SQLException {
    try (HikariDataSource source = pool("jdbc:h2:mem:application", "sa", "")) {
      try (JdbcStore store = open(source)) {
        store.account(ACME, Json.object());
        assertThat(store.create(ACME, DocumentType.CONFERENCE, "board", Json.object()))
            .isInstanceOf(WriteResult.Written.class);
      }
      assertThat(source.isClosed()).isFalse();
      try (JdbcStore again = open(source)) {
        assertThat(again.find(ACME, DocumentType.CONFERENCE, "board")).isPresent();
      }
    }
  }

  @Test
  void severalProcessesShareThePostgresOfAnApplication() throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + Postgres.port() + "/" + Postgres.database();
    try (HikariDataSource source = pool(url, "postgres", "postgres");
        HikariDataSource other = pool(url, "postgres", "postgres")) {
      try (JdbcStore store = open(source);
          JdbcStore elsewhere = open(other)) {
        store.account(ACME, Json.object());
        assertThat(elsewhere.find(ACME, DocumentType.CONFERENCE, "board")).isEmpty();
        store.create(ACME, DocumentType.CONFERENCE, "board", Json.object());
        Eventually.holds(
            "the other process sees the document",
            () -> elsewhere.find(ACME, DocumentType.CONFERENCE, "board").isPresent());
      }
      Eventually.holds(
          "the connection for changes returns to the pool",
          () -> source.getHikariPoolMXBean().getActiveConnections() == 0);
    }
  }

  @Test
  void anH2FileThatCouldLoseChangesIsRefused() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:" + folder.resolve("calls"));
    source.setUser("sa");
    assertThatThrownBy(() -> JdbcStore.open(source, StoreOptions.of(source), TimeSource.system()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the H2 database of the DataSource has a WRITE_DELAY of 500 ms, so acknowledged changes"
                + " would be lost if the host were killed. Add ;WRITE_DELAY=0 to its URL");

    source.setURL("jdbc:h2:" + folder.resolve("calls") + ";WRITE_DELAY=0");
    try (JdbcStore store = JdbcStore.open(source, StoreOptions.of(source), TimeSource.system())) {
      assertThat(store.accounts()).isEmpty();
    }
  }

  @Test
  void connectionsWithoutAutoCommitAreRefused() {
    try (HikariDataSource source = pool("jdbc:h2:mem:manual", "sa", "")) {
      StoreOptions options = StoreOptions.of(source);
      HikariConfig manual = new HikariConfig();
      manual.setDataSource(source);
      manual.setAutoCommit(false);
      try (HikariDataSource uncommitted = new HikariDataSource(manual)) {
        assertThatThrownBy(() -> JdbcStore.open(uncommitted, options, TimeSource.system()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("must be in auto-commit mode");
      }
    }
  }

  @Test
  void aUserWhoMayNotCreateTheTablesIsRefused() throws SQLException {
    String database = Postgres.database();
    Postgres.execute(database, "CREATE ROLE " + database + " LOGIN PASSWORD 'postgres'");
    Postgres.execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    String url = "jdbc:postgresql://127.0.0.1:" + Postgres.port() + "/" + database;
    try (HikariDataSource source = pool(url, database, "postgres")) {
      assertThatThrownBy(() -> open(source))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("permission denied for schema public");
    }
  }
}
