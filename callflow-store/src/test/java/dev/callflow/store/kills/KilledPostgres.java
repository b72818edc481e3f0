package dev.callflow.store.kills;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL databases. In every third round, the server is also killed and restarted. */
final class KilledPostgres implements KilledStore, AutoCloseable {

  private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(1);

  private final Path data;
  private final int port;
  private int databases;
  private EmbeddedPostgres server;
  private boolean serverKilled;

  KilledPostgres(Path data) throws IOException {
    this.data = data;
    this.server = builder().start();
    this.port = server.getPort();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        // With "off", the embedded server's default, acknowledged changes may be in memory only.
        // Fsync may stay off: data that a process has written to a file survives the process.
        .setServerConfig("synchronous_commit", "on");
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public boolean revisionsStay() {
    return true;
  }

  @Override
  public String create() throws IOException {
    String database = "store" + ++databases;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&password=postgres"
        .formatted(port, database);
  }

  @Override
  public void kill(ProcessHandle host, int round) throws IOException {
    if (round % 3 == 2) {
      killServer();
    }
    host.destroyForcibly();
  }

  private void killServer() throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    serverKilled = true;
  }

  /** Waits until the server has finished the requests of the killed host. */
  @Override
  public void settle() throws IOException {
    if (serverKilled) {
      // The server has already been killed; closing it releases its lock on the folder.
      server.close();
      server = builder().setPort(port).start();
      serverKilled = false;
    }
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      long end = System.nanoTime() + SETTLE_TIMEOUT.toNanos();
      while (hasClients(statement)) {
        if (System.nanoTime() - end > 0) {
          throw new IOException("the server has not finished the requests of the killed host");
        }
        Thread.onSpinWait();
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static boolean hasClients(Statement statement) throws SQLException {
    try (ResultSet clients =
        statement.executeQuery(
            "SELECT 1 FROM pg_stat_activity WHERE application_name = 'callflow'")) {
      return clients.next();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
