package dev.callflow.api.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the open connections of each address. Safe for use by any thread; never blocks. Addresses
 * without connections take no memory.
 */
final class ConnectionsByAddress {

  private final int max;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  ConnectionsByAddress(int max) {
    this.max = max;
  }

  /**
   * Counts a connection, unless its address has as many as it may have. The check and the count are
   * one step, because several threads open connections.
   *
   * @return whether the connection is allowed; if so, {@link #remove} must be called at its end
   */
  boolean add(String address) {
    boolean[] allowed = {false};
    counts.compute(
        address,
        (key, known) -> {
          int count = known == null ? 0 : known;
          allowed[0] = count < max;
          return allowed[0] ? count + 1 : known;
        });
    return allowed[0];
  }

  void remove(String address) {
    counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }
}
