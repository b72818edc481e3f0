package dev.callflow.store;

import dev.callflow.waiting.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server that is started once for all tests of this module. */
final class Postgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Postgres() {}

  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        // What these tests write need not survive a crash of the machine.
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .start();
      } catch (IOException e) {
        throw new AssertionError("cannot start PostgreSQL", e);
      }
    }
  }

  static int port() {
    return Running.SERVER.getPort();
  }

  /** Creates an empty database and returns its name. */
  static String database() throws SQLException {
    String name = "store" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    return name;
  }

  /**
   * Creates an empty schema, which takes a hundredth of the files of a database. Stores in it also
   * hear of changes in other schemas.
   */
  static StoreOptions schema() throws SQLException {
    String name = "store" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE SCHEMA " + name);
    return at("postgres?currentSchema=" + name).connections(2);
  }

  static void execute(String database, String sql) throws SQLException {
    try (Connection connection = Running.SERVER.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static StoreOptions at(String database, int port) {
    return StoreOptions.of("jdbc:postgresql://127.0.0.1:" + port + "/" + database)
        .login("postgres", "postgres")
        .deadline(Eventually.LIMIT)
        .connections(4);
  }

  static StoreOptions at(String database) {
    return at(database, port());
  }
}
