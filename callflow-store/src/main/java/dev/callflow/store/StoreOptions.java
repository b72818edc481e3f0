package dev.callflow.store;

import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.store.Quotas;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The address and limits of a database.
 *
 * @param url {@code jdbc:h2:…} or {@code jdbc:postgresql:…}, without user and password
 * @param user the user
 * @param password the password; it appears in no string or message
 * @param deadline the maximum duration of a call, at least a second
 * @param connections the maximum number of simultaneous calls, at least 2; further calls wait
 * @param quotas the limits for the documents of an account
 * @param cacheBytes the approximate memory for documents that have been read, in bytes
 */
public record StoreOptions(
    String url,
    String user,
    String password,
    Duration deadline,
    int connections,
    Quotas quotas,
    long cacheBytes) {

  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final int CONNECTIONS = 10;

  /** Validates the options. */
  public StoreOptions {
    if (!DatabaseUrl.isPostgres(url)) {
      H2Settings.check(url);
    }
    if (deadline.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "the deadline must be at least a second, but is " + deadline);
    }
    if (connections < 2) {
      throw new IllegalArgumentException(
          "the number of connections must be at least 2, but is " + connections);
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException(
          "the memory for the cache must not be negative, but is " + cacheBytes + " bytes");
    }
  }

  /**
   * Creates options from a JDBC URL, with a deadline of 3 seconds, 10 connections, the {@linkplain
   * Quotas#standard standard quotas}, and a quarter of the heap for the cache.
   *
   * @param url the URL, such as {@code jdbc:h2:./callflow} or {@code
   *     jdbc:postgresql://db.example.com/callflow?user=callflow&password=…}; user and password are
   *     optional. H2's server mode is refused, because it does not announce changes to other
   *     processes, and so is every H2 setting with which acknowledged changes could be lost, such
   *     as a {@code WRITE_DELAY} other than 0
   * @return the options
   * @throws IllegalArgumentException if the URL is invalid or contains a refused setting; the
   *     message does not quote the URL
   */
  public static StoreOptions of(String url) {
    DatabaseUrl parts = DatabaseUrl.parse(url);
    return new StoreOptions(
        parts.url(),
        parts.user(),
        parts.password(),
        DEADLINE,
        CONNECTIONS,
        Quotas.standard(),
        Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * Creates options for a database that the application connects to, with the same limits as {@link
   * #of(String)}. Asks the database for its URL, so it may block for as long as the source does.
   *
   * @param source the source of the application, of an H2 or PostgreSQL database
   * @return the options
   * @throws IllegalArgumentException if it is another database
   * @throws StoreUnavailableException if the source gives no connection
   */
  public static StoreOptions of(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return of(connection.getMetaData().getURL());
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          "the DataSource gives no connection: " + e.getMessage(), e);
    }
  }

  /**
   * Returns a copy with a different user and password.
   *
   * @param user the user
   * @param password the password
   * @return the options
   */
  public StoreOptions login(String user, String password) {
    return new StoreOptions(url, user, password, deadline, connections, quotas, cacheBytes);
  }

  /**
   * Returns a copy with a different deadline.
   *
   * @param deadline the maximum duration of a call, at least a second
   * @return the options
   */
  public StoreOptions deadline(Duration deadline) {
    return new StoreOptions(url, user, password, deadline, connections, quotas, cacheBytes);
  }

  /**
   * Returns a copy with a different number of connections.
   *
   * @param connections the maximum number of simultaneous calls, at least 2
   * @return the options
   */
  public StoreOptions connections(int connections) {
    return new StoreOptions(url, user, password, deadline, connections, quotas, cacheBytes);
  }

  /**
   * Returns a copy with different quotas.
   *
   * @param quotas the limits for the documents of an account
   * @return the options
   */
  public StoreOptions quotas(Quotas quotas) {
    return new StoreOptions(url, user, password, deadline, connections, quotas, cacheBytes);
  }

  /**
   * Returns a copy with a different size of the cache.
   *
   * @param bytes the approximate memory for documents that have been read, in bytes; 0 for no cache
   * @return the options
   */
  public StoreOptions cacheBytes(long bytes) {
    return new StoreOptions(url, user, password, deadline, connections, quotas, bytes);
  }

  @Override
  public String toString() {
    return "StoreOptions[" + url + ", user " + user + "]";
  }
}
