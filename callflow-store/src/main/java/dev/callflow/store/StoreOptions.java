package dev.callflow.store;

import java.time.Duration;

/**
 * Says where the database is and how long it may take.
 *
 * @param url {@code jdbc:h2:…} or {@code jdbc:postgresql:…}, without user and password
 * @param user who logs in
 * @param password with what; never shown
 * @param deadline how long a call may take, at least a second
 * @param connections how many calls the database serves at once, at least 2; more wait
 */
public record StoreOptions(
    String url, String user, String password, Duration deadline, int connections) {

  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final int CONNECTIONS = 10;

  /** Refuses what cannot be. */
  public StoreOptions {
    if (!DatabaseUrl.isPostgres(url)) {
      H2Settings.check(url);
    }
    if (deadline.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("the deadline must be at least a second: " + deadline);
    }
    if (connections < 2) {
      throw new IllegalArgumentException("there must be at least 2 connections: " + connections);
    }
  }

  /**
   * Makes options from a JDBC URL; the deadline is 3 seconds, and there are 10 connections.
   *
   * @param url for instance {@code jdbc:h2:./callflow} or {@code
   *     jdbc:postgresql://db.example.com/callflow?user=callflow&password=…}; user and password may
   *     be in it or not. H2 keeps a database in a file that one process has open; its server is
   *     refused, since it does not tell who has changed what. So is every setting of H2 with which
   *     acknowledged changes could be lost, for instance a {@code WRITE_DELAY} other than 0
   * @return the options
   * @throws IllegalArgumentException if it is no such URL, or has such a setting; the message does
   *     not repeat it
   */
  public static StoreOptions of(String url) {
    DatabaseUrl parts = DatabaseUrl.parse(url);
    return new StoreOptions(parts.url(), parts.user(), parts.password(), DEADLINE, CONNECTIONS);
  }

  /**
   * Replaces the user and the password.
   *
   * @param user who logs in
   * @param password with what
   * @return the new options
   */
  public StoreOptions login(String user, String password) {
    return new StoreOptions(url, user, password, deadline, connections);
  }

  /**
   * Replaces the deadline.
   *
   * @param deadline how long a call may take, at least a second
   * @return the new options
   */
  public StoreOptions deadline(Duration deadline) {
    return new StoreOptions(url, user, password, deadline, connections);
  }

  /**
   * Replaces the number of connections.
   *
   * @param connections how many calls the database serves at once, at least 2
   * @return the new options
   */
  public StoreOptions connections(int connections) {
    return new StoreOptions(url, user, password, deadline, connections);
  }

  @Override
  public String toString() {
    return "StoreOptions[" + url + ", user " + user + "]";
  }
}
