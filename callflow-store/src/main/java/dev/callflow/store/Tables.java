package dev.callflow.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/** Creates the tables, or migrates those of older versions. */
final class Tables {

  private Tables() {}

  /** Lists the scripts explicitly, because Flyway's scan finds no files inside a Java module. */
  static void migrate(DataSource source) {
    Flyway.configure()
        .dataSource(source)
        .locations(new String[0])
        .javaMigrations(
            new Script("1", "documents", connection -> {}),
            new Script("2", "usage", UsageTable::fill),
            new Script("3", "records", connection -> {}))
        .table("callflow_schema_history")
        // The database may contain tables of other applications.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /** Adds rows to a new table. */
  private interface Filling {
    void fill(Connection connection) throws SQLException;
  }

  /** A migration: an SQL file beside this class, and what fills the tables that it creates. */
  private record Script(String number, String name, Filling filling) implements JavaMigration {

    @Override
    public void migrate(Context context) throws Exception {
      try (Statement statement = context.getConnection().createStatement()) {
        statement.execute(sql());
      }
      filling.fill(context.getConnection());
    }

    private String sql() {
      try (InputStream file = Tables.class.getResourceAsStream(name + ".sql")) {
        return new String(
            Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public MigrationVersion getVersion() {
      return MigrationVersion.fromVersion(number);
    }

    @Override
    public String getDescription() {
      return name;
    }

    @Override
    public Integer getChecksum() {
      return sql().hashCode();
    }

    @Override
    public boolean canExecuteInTransaction() {
      return true;
    }
  }
}
